// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// A stand-in for the file manager: a small window that starts a drag of one file when it is pressed.
// It prints what became of the drag ("copied" or "refused") and goes on, so the demo can wait for it.
#include <QApplication>
#include <QDrag>
#include <QFileInfo>
#include <QLabel>
#include <QMimeData>
#include <QMouseEvent>
#include <QStyle>
#include <QUrl>

#include <cstdio>

namespace {

class DraggedFile final : public QLabel {
public:
    explicit DraggedFile(const QString &path) : m_url(QUrl::fromLocalFile(path))
    {
        setText(QFileInfo(path).fileName());
        setAlignment(Qt::AlignCenter);
        setMargin(12);
        setWindowTitle(QStringLiteral("demo files"));
        setFrameStyle(QFrame::StyledPanel | QFrame::Raised);
    }

protected:
    void mousePressEvent(QMouseEvent *) override
    {
        auto *drag = new QDrag(this);
        auto *dragged = new QMimeData;
        dragged->setUrls({m_url});
        drag->setMimeData(dragged);
        drag->setPixmap(style()->standardIcon(QStyle::SP_FileIcon).pixmap(32, 32));
        const Qt::DropAction action = drag->exec(Qt::CopyAction);
        std::puts(action == Qt::CopyAction ? "copied" : "refused");
        std::fflush(stdout);
    }

private:
    QUrl m_url;
};

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    if (application.arguments().size() != 2) {
        std::fputs("usage: demo-dragsource FILE\n", stderr);
        return 2;
    }
    DraggedFile file(QFileInfo(application.arguments().at(1)).absoluteFilePath());
    file.resize(190, 60);
    file.show();
    return application.exec();
}

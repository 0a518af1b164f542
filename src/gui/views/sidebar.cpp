// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/sidebar.h"

#include "gui/style/icons.h"
#include "gui/style/theme.h"

#include <QButtonGroup>
#include <QGuiApplication>
#include <QKeySequence>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QStyleOption>
#include <QStylePainter>
#include <QToolButton>
#include <QVBoxLayout>

namespace berth {

using namespace Qt::StringLiterals;

namespace {

constexpr int sidebarWidth = 196;

// The ground comes from the style sheet; icon, text and number are placed here, with room between them.
class Entry final : public QToolButton {
public:
    using QToolButton::QToolButton;
    void setCount(int count)
    {
        m_count = count;
        setAccessibleDescription(count == 0 ? QString() : QString::number(count));
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QStylePainter painter(this);
        QStyleOptionToolButton option;
        initStyleOption(&option);
        option.text.clear();
        option.icon = {};
        option.features &= ~QStyleOptionToolButton::HasMenu;
        painter.drawComplexControl(QStyle::CC_ToolButton, option);
        const QRect line = rect().adjusted(12, 0, -12, 0);
        icon().paint(&painter, QRect(line.left(), line.center().y() - 9, 20, 20));
        QFont own = font();
        own.setWeight(isChecked() ? QFont::DemiBold : QFont::Normal);
        painter.setFont(own);
        painter.setPen(QGuiApplication::palette().color(QPalette::Text));
        painter.drawText(line.adjusted(32, 0, -32, 0), Qt::AlignLeft | Qt::AlignVCenter,
            painter.fontMetrics().elidedText(text(), Qt::ElideRight, line.width() - 64));
        if (m_count == 0)
            return;
        painter.setFont(font());
        painter.setPen(themeColors(QGuiApplication::palette()).secondaryText);
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, QString::number(m_count));
    }

private:
    int m_count = 0;
};

Entry *makeEntry(const QString &icon, const QString &text, QWidget *parent)
{
    auto *entry = new Entry(parent);
    entry->setText(text);
    entry->setIcon(lineIcon(icon));
    entry->setIconSize({20, 20});
    entry->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    entry->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    entry->setFocusPolicy(Qt::TabFocus);
    return entry;
}

} // namespace

Sidebar::Sidebar(QWidget *parent) : QWidget(parent), m_box(new QVBoxLayout(this)), m_group(new QButtonGroup(this))
{
    setObjectName("sidebar"_L1);
    setFixedWidth(sidebarWidth);
    m_box->setContentsMargins(10, 16, 10, 12);
    m_box->setSpacing(3);

    auto *brand = new QHBoxLayout;
    brand->setContentsMargins(6, 0, 0, 14);
    brand->setSpacing(10);
    auto *mark = new QLabel(this);
    mark->setPixmap(applicationIcon().pixmap(QSize(30, 30), devicePixelRatioF()));
    auto *name = new QLabel(u"Berth"_s, this);
    name->setProperty("role", u"heading"_s);
    brand->addWidget(mark);
    brand->addWidget(name, 1);
    m_box->addLayout(brand);
    m_box->addStretch(1);

    m_menuButton = makeEntry(u"menu"_s, tr("Menu"), this);
    m_menuButton->setPopupMode(QToolButton::InstantPopup);
    m_menuButton->setToolTip(tr("Menu (F10)"));
    m_box->addWidget(m_menuButton);
    connect(m_group, &QButtonGroup::idClicked, this, &Sidebar::chosen);
}

int Sidebar::addEntry(const QString &icon, const QString &text)
{
    const int number = static_cast<int>(m_group->buttons().size());
    Entry *entry = makeEntry(icon, text, this);
    entry->setCheckable(true);
    entry->setChecked(number == 0);
    const QKeySequence keys(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + number));
    entry->setToolTip(u"%1 (%2)"_s.arg(text, keys.toString(QKeySequence::NativeText)));
    m_group->addButton(entry, number);
    m_box->insertWidget(1 + number, entry);
    return number;
}

void Sidebar::setCount(int entry, int count) { static_cast<Entry *>(m_group->button(entry))->setCount(count); }

void Sidebar::setCurrent(int entry) { m_group->button(entry)->setChecked(true); }

void Sidebar::setMenu(QMenu *menu) { m_menuButton->setMenu(menu); }

void Sidebar::openMenu() { m_menuButton->showMenu(); }

void Sidebar::paintEvent(QPaintEvent *)
{
    // A plain QWidget subclass has to ask for its style sheet background.
    QStyleOption option;
    option.initFrom(this);
    QPainter painter(this);
    style()->drawPrimitive(QStyle::PE_Widget, &option, &painter, this);
}

} // namespace berth

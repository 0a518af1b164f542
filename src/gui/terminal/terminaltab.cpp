// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/terminal/terminaltab.h"

#include "gui/terminal/endbar.h"
#include "gui/terminal/linetext.h"
#include "gui/terminal/searchbar.h"
#include "gui/terminal/terminalsession.h"
#include "gui/terminal/terminalview.h"

#include <QVBoxLayout>

namespace berth {

namespace {

// Ends a cut sequence, then margins, mouse reports, bracketed paste, a hidden cursor and colours.
constexpr QByteArrayView resetModes = "\x18\x1b[!p\x1b[?1000;1002;1003;1004;1006;2004l\x1b[?25h\x1b[0m";

} // namespace

class TerminalTab::Parts {
public:
    explicit Parts(TerminalTab *tab)
        : view(new TerminalView(tab)), searchBar(new SearchBar(tab)), endBar(new EndBar(tab)), session(tab)
    {
    }

    TerminalView *view;
    SearchBar *searchBar;
    EndBar *endBar;
    TerminalSession session;
};

TerminalTab::TerminalTab(QString title, QStringList program, QWidget *parent)
    : QWidget(parent), m_title(std::move(title)), m_program(std::move(program)), m_parts(std::make_unique<Parts>(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_parts->searchBar);
    layout->addWidget(m_parts->view, 1);
    layout->addWidget(m_parts->endBar);
    setFocusProxy(m_parts->view);
    connectSession();
    connectBars();
}

TerminalTab::~TerminalTab() = default;

void TerminalTab::connectSession()
{
    TerminalView *view = m_parts->view;
    TerminalSession *session = &m_parts->session;
    connect(session, &TerminalSession::received, view, &TerminalView::feed);
    connect(session, &TerminalSession::finished, this, &TerminalTab::showEnd);
    connect(view, &TerminalView::input, session, &TerminalSession::send);
    connect(view, &TerminalView::resized, session, &TerminalSession::resize);
    connect(&view->screen(), &TerminalScreen::titleChanged, this, [this] { Q_EMIT titleChanged(title()); });
}

void TerminalTab::connectBars()
{
    TerminalView *view = m_parts->view;
    SearchBar *searchBar = m_parts->searchBar;
    connect(view, &TerminalView::searchRequested, this, [view, searchBar] { searchBar->open(view->selectedText()); });
    connect(view, &TerminalView::searchChanged, searchBar,
        [view, searchBar] { searchBar->showResult(view->search().current(), view->search().count()); });
    connect(searchBar, &SearchBar::needleChanged, view, &TerminalView::setSearch);
    connect(searchBar, &SearchBar::olderRequested, view, &TerminalView::searchUp);
    connect(searchBar, &SearchBar::newerRequested, view, &TerminalView::searchDown);
    connect(searchBar, &SearchBar::closed, this, &TerminalTab::focusTerminal);
    connect(m_parts->endBar, &EndBar::closeRequested, this, &TerminalTab::closeRequested);
    connect(m_parts->endBar, &EndBar::againRequested, this, [this] {
        if (start())
            focusTerminal();
    });
}

Result<> TerminalTab::start()
{
    if (isRunning())
        return fail(ErrorCode::WrongState, "the terminal's program is still running");
    const TerminalGrid &grid = m_parts->view->screen().grid();
    if (!screenText().isEmpty())
        m_parts->view->feed("\r\n");
    const auto started = m_parts->session.start(m_program, grid.rows(), grid.columns());
    m_parts->view->setReadOnly(!started);
    if (started)
        m_parts->endBar->hide();
    else
        m_parts->endBar->showRefusal(refusal(started.error()));
    return started;
}

QString TerminalTab::refusal(const Error &error) const
{
    const QString program = m_program.value(0);
    switch (error.code) {
    case ErrorCode::NotFound: return tr("“%1” was not started: there is no such program.").arg(program);
    case ErrorCode::NotExecutable: return tr("“%1” was not started: it is not an executable file.").arg(program);
    default: return tr("“%1” was not started: %2.").arg(program, QString::fromStdString(error.detail));
    }
}

// What a program that was killed has left behind must not hide the text before it, nor meet the next.
void TerminalTab::leaveModes()
{
    if (m_parts->view->screen().grid().isAlternate())
        m_parts->view->feed("\x18\x1b[?1049l");
    m_parts->view->feed(resetModes);
}

void TerminalTab::showEnd(int exitCode)
{
    leaveModes();
    m_parts->view->setReadOnly(true);
    m_parts->endBar->showExit(exitCode);
    Q_EMIT finished(exitCode);
}

void TerminalTab::setPermanent(const QString &again)
{
    m_permanent = true;
    m_parts->endBar->setButtons(again, false);
    // Whoever left it by Ctrl+D has the button that opens it again under the Enter key.
    connect(this, &TerminalTab::finished, m_parts->endBar, [this] {
        if (m_parts->view->hasFocus())
            m_parts->endBar->setFocus(Qt::OtherFocusReason);
    });
}

void TerminalTab::focusTerminal()
{
    if (m_permanent && m_parts->endBar->isVisible())
        m_parts->endBar->setFocus(Qt::OtherFocusReason);
    else
        m_parts->view->setFocus(Qt::OtherFocusReason);
}

bool TerminalTab::isRunning() const { return m_parts->session.isRunning(); }

bool TerminalTab::isBusy() const { return m_parts->session.isBusy(); }

QString TerminalTab::title() const
{
    const QString &programTitle = m_parts->view->screen().title();
    return programTitle.isEmpty() ? m_title : programTitle;
}

QString TerminalTab::screenText() const { return wholeText(m_parts->view->screen().grid()); }

} // namespace berth

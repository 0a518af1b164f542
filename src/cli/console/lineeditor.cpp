// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/console/lineeditor.h"

#include "cli/completion/hint.h"
#include "cli/console/pastedtext.h"
#include "cli/console/tabkey.h"
#include "cli/report.h"

#include <csignal>
#include <cstdlib>
#include <format>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <readline/history.h>
#include <readline/readline.h>

namespace berth {
namespace {

constexpr std::string_view pasteEnd = "\033[201~";
constexpr std::size_t largestPaste = 1024 * 1024;
constexpr auto grey = "\033[90m";
constexpr auto normal = "\033[0m";

// A prompt as the terminal shows it.
std::string visible(std::string_view prompt)
{
    std::string text;
    for (const char letter : prompt) {
        if (letter != '\001' && letter != '\002')
            text += letter;
    }
    return text;
}

int visibleWidth(std::string_view prompt)
{
    std::string text;
    bool isShown = true;
    for (const char letter : prompt) {
        if (letter == '\001' || letter == '\002')
            isShown = letter == '\002';
        else if (isShown)
            text += letter;
    }
    return textWidth(text);
}

bool canShowHints()
{
    const char *terminal = std::getenv("TERM");
    const char *noColor = std::getenv("NO_COLOR");
    return terminal && *terminal && std::string_view(terminal) != "dumb" && !(noColor && *noColor);
}

int screenColumns()
{
    int rows = 0;
    int columns = 0;
    rl_get_screen_size(&rows, &columns);
    return columns;
}

std::string typedText() { return {rl_line_buffer, static_cast<std::size_t>(rl_end)}; }

} // namespace

LineEditor *LineEditor::s_current = nullptr;

LineEditor::LineEditor(SignalWatch signals, NameSource &names, Language language)
    : m_signals(std::move(signals)), m_names(names), m_language(language), m_showsHints(canShowHints())
{
    s_current = this;
    rl_readline_name = "berth";
    rl_outstream = stdout;
    // Signals are polled for, beside the keys; readline's own handlers would race with that.
    rl_catch_signals = 0;
    rl_catch_sigwinch = 0;
    rl_change_environment = 0; // COLUMNS and LINES would reach every command, and containers by -e
    rl_initialize();
    rl_redisplay_function = redisplay;
    rl_getc_function = readKey;
    using_history();
    bindKeys();
}

LineEditor::~LineEditor() { s_current = nullptr; }

void LineEditor::bindKeys()
{
    for (auto *keymap : {emacs_standard_keymap, vi_insertion_keymap}) {
        rl_bind_key_in_map('\t', onTab, keymap);
        rl_bind_keyseq_in_map("\033[200~", onPaste, keymap);
        for (const auto *sequence : {"\033[C", "\033OC"})
            rl_bind_keyseq_in_map(sequence, onForward, keymap);
        for (const auto *sequence : {"\033[F", "\033OF", "\033[4~"})
            rl_bind_keyseq_in_map(sequence, onEndOfLine, keymap);
    }
    rl_bind_keyseq_in_map("\006", onForward, emacs_standard_keymap);   // ctrl-f
    rl_bind_keyseq_in_map("\005", onEndOfLine, emacs_standard_keymap); // ctrl-e
}

void LineEditor::remember(const std::string &line) { add_history(line.c_str()); }

LineEditor::Input LineEditor::read(const std::string &prompt)
{
    if (takePasted(prompt))
        return std::move(m_input);
    m_promptWidth = visibleWidth(prompt);
    m_isDone = false;
    rl_reset_screen_size(); // a change while a command had the terminal was told to that command only
    rl_callback_handler_install(prompt.c_str(), onLine);
    if (!m_paste.empty()) {
        rl_insert_text(std::exchange(m_paste, {}).c_str());
        redisplay();
    }
    while (!m_isDone)
        waitForLine();
    return std::move(m_input);
}

// A whole line of a paste, shown as if it had been typed.
bool LineEditor::takePasted(const std::string &prompt)
{
    const auto end = m_paste.find('\n');
    if (end == std::string::npos)
        return false;
    m_input = {Event::Line, m_paste.substr(0, end)};
    m_paste.erase(0, end + 1);
    printOut(visible(prompt) + m_input.line + "\n");
    return true;
}

void LineEditor::waitForLine()
{
    pollfd ready[] = {{m_signals.fd(), POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}};
    if (::poll(ready, std::size(ready), -1) < 0)
        return;
    if (ready[0].revents != 0)
        takeSignals();
    if (m_isDone || ready[1].revents == 0)
        return;
    if ((ready[1].revents & POLLIN) != 0) {
        rl_callback_read_char();
    } else { // the terminal is gone
        rl_callback_handler_remove();
        onLine(nullptr);
    }
}

void LineEditor::takeSignals()
{
    while (const int signal = m_signals.take()) {
        switch (signal) {
        case SIGINT: interrupt(); break;
        case SIGWINCH:
        case SIGCONT: redrawAfterResize(); break;
        case SIGHUP:
        case SIGTERM:
            rl_callback_handler_remove(); // gives the terminal its mode back
            dieOf(signal);
        default: break; // nothing that concerns a prompt
        }
    }
}

void LineEditor::interrupt()
{
    eraseHint();
    rl_callback_sigcleanup(); // out of a search
    rl_point = rl_end;
    m_isDone = true; // no hint behind it any more
    rl_redisplay();
    // Before the terminal gets its mode back: that moves the cursor to the start of the line.
    std::fputs("^C\n", rl_outstream);
    std::fflush(rl_outstream);
    rl_free_line_state();
    rl_callback_handler_remove();
    m_input = {Event::Interrupted, {}};
}

void LineEditor::redrawAfterResize()
{
    eraseHint(true);
    rl_reset_screen_size();
    // readline draws from the line on which the cursor is, so it is put where the prompt began.
    const int columns = screenColumns();
    if (const int rows = columns > 0 ? (m_promptWidth + textWidth(typedText())) / columns : 0; rows > 0)
        std::fprintf(rl_outstream, "\033[%dA", rows);
    std::fputs("\r\033[J", rl_outstream);
    rl_prep_term_function(1); // a stop may have given the terminal another mode
    rl_forced_update_display();
}

void LineEditor::onLine(char *line)
{
    auto &editor = *s_current;
    editor.eraseHint();
    editor.m_isDone = true;
    editor.m_input = line ? Input{Event::Line, line} : Input{Event::End, {}};
    std::free(line);
    rl_callback_handler_remove(); // before a command runs, the terminal has its own mode again
}

// The hint goes as soon as a key is there, so that nothing of readline ever meets it on the screen.
int LineEditor::readKey(FILE *)
{
    s_current->eraseHint();
    while (true) {
        unsigned char key = 0;
        const auto size = ::read(STDIN_FILENO, &key, 1);
        if (size == 1)
            return key;
        if (size < 0 && errno == EAGAIN) // a command left the terminal non-blocking
            ::fcntl(STDIN_FILENO, F_SETFL, ::fcntl(STDIN_FILENO, F_GETFL) & ~O_NONBLOCK);
        else if (size == 0 || errno != EINTR)
            return EOF;
    }
}

void LineEditor::redisplay()
{
    s_current->eraseHint();
    rl_redisplay();
    s_current->paintHint();
}

// Where the cursor is behind the text: a wide letter that does not fit goes to the next row as a whole.
int LineEditor::columnAfterLine(int columns) const
{
    int column = m_promptWidth % columns;
    const auto text = typedText();
    for (std::string_view rest = text; !rest.empty();) {
        auto size = fittingText(rest, 1).size();
        const int width = size > 0 ? textWidth(rest.substr(0, size)) : 2;
        if (size == 0)
            size = fittingText(rest, 2).size();
        if (column + width > columns)
            column = 0;
        column += width;
        // Letters of one column are taken together with what has none.
        rest.remove_prefix(std::max<std::size_t>(size, 1));
        if (column == columns)
            column = 0;
    }
    return column;
}

void LineEditor::paintHint()
{
    m_ghost.clear();
    // A key that was read ahead is carried out without readKey(), so nothing would erase the hint.
    constexpr auto elsewhere = RL_STATE_ISEARCH | RL_STATE_NSEARCH | RL_STATE_NUMERICARG | RL_STATE_VIMOTION
        | RL_STATE_INPUTPENDING | RL_STATE_DONE;
    const int columns = screenColumns();
    if (!m_showsHints || m_isDone || RL_ISSTATE(elsewhere) || rl_point != rl_end || rl_end == 0 || columns <= 0)
        return;
    const auto line = typedText();
    if (line.contains('\n'))
        return;
    const auto hint = hintFor(line, m_names, m_language);
    m_ghost = hint.ghost;
    const int column = columnAfterLine(columns);
    const int room = columns - column - 1;
    if (hint.isEmpty() || column == 0 || room < 4)
        return;
    auto text = hint.ghost + hint.rest;
    if (textWidth(text) > room)
        text = std::string(fittingText(text, room - 1)) + "…";
    std::fprintf(rl_outstream, "%s%s%s\033[%dD", grey, text.c_str(), normal, textWidth(text));
    std::fflush(rl_outstream);
    m_isHintPainted = true;
}

void LineEditor::eraseHint(bool below)
{
    if (!m_isHintPainted)
        return;
    m_isHintPainted = false;
    std::fputs(below ? "\033[J" : "\033[K", rl_outstream);
    std::fflush(rl_outstream);
}

bool LineEditor::acceptGhost()
{
    if (rl_point != rl_end || m_ghost.empty())
        return false;
    rl_insert_text(std::exchange(m_ghost, {}).c_str());
    return true;
}

int LineEditor::onForward(int count, int key) { return s_current->acceptGhost() ? 0 : rl_forward_char(count, key); }
int LineEditor::onEndOfLine(int count, int key) { return s_current->acceptGhost() ? 0 : rl_end_of_line(count, key); }
int LineEditor::onTab(int, int) { return completeAtCursor(s_current->m_names, s_current->m_language); }

std::string LineEditor::readPaste()
{
    constexpr int longestPause = 1000; // ms; a paste whose end got lost must not hold the prompt for ever
    std::string text;
    while (!text.ends_with(pasteEnd) && text.size() < largestPaste) {
        pollfd ready{STDIN_FILENO, POLLIN, 0};
        if (!RL_ISSTATE(RL_STATE_INPUTPENDING) && ::poll(&ready, 1, longestPause) != 1)
            return text;
        const int key = rl_read_key();
        if (key == EOF)
            return text;
        text += static_cast<char>(key);
    }
    if (text.ends_with(pasteEnd))
        text.resize(text.size() - pasteEnd.size());
    return text;
}

// Every line of a paste that is complete runs; what follows the last line break waits for Enter.
int LineEditor::onPaste(int, int)
{
    auto &editor = *s_current;
    const auto text = cleanPaste(editor.readPaste());
    if (!text.contains('\n')) {
        rl_insert_text(text.c_str());
        return 0;
    }
    const auto line = typedText();
    const auto point = static_cast<std::size_t>(rl_point);
    const auto whole = line.substr(0, point) + text + line.substr(point);
    const auto end = whole.find('\n');
    editor.m_paste = whole.substr(end + 1);
    rl_replace_line(whole.substr(0, end).c_str(), 0);
    rl_point = rl_end;
    rl_redisplay();
    return rl_newline(1, '\n');
}

} // namespace berth

// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/completion/complete.h"
#include "cli/signalwatch.h"

#include <cstdio>
#include <string>
#include <vector>

namespace berth {

// What a person types at a prompt, with readline's editing and our hints behind the cursor. One at a time:
// readline is one per process.
class LineEditor {
public:
    enum class Event { Line, Interrupted, End };
    struct Input {
        Event event = Event::End;
        std::string line;
    };

    LineEditor(SignalWatch signals, NameSource &names, Language language);
    ~LineEditor();
    LineEditor(const LineEditor &) = delete;
    LineEditor &operator=(const LineEditor &) = delete;

    // The next line: typed, or of what was pasted. Dies of SIGHUP and SIGTERM with the terminal restored.
    // prompt: with \001 and \002 around what has no width.
    Input read(const std::string &prompt);
    // Forgets the rest of a paste.
    void dropPaste() { m_paste.clear(); }
    // For Up and Ctrl-R.
    static void remember(const std::string &line);

private:
    static void onLine(char *line);
    static void redisplay();
    static int readKey(FILE *stream);
    static int onTab(int count, int key);
    static int onPaste(int count, int key);
    static int onForward(int count, int key);
    static int onEndOfLine(int count, int key);

    void bindKeys();
    bool takePasted(const std::string &prompt);
    void waitForLine();
    void takeSignals();
    void interrupt();
    void redrawAfterResize();
    void paintHint();
    void eraseHint(bool below = false);
    bool acceptGhost();
    [[nodiscard]] int columnAfterLine(int columns) const;
    std::string readPaste();

    static LineEditor *s_current;
    SignalWatch m_signals;
    NameSource &m_names;
    Language m_language;
    bool m_showsHints;      // the terminal can draw and erase them
    int m_promptWidth = 0;
    bool m_isDone = false;
    Input m_input;
    std::string m_paste;    // lines that wait for their turn; the last may be unfinished
    std::string m_ghost;    // what acceptGhost() would add
    bool m_isHintPainted = false;
};

} // namespace berth

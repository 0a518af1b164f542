// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/completion/lineposition.h"
#include "cli/language.h"
#include "core/containerstate.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace berth {

// What there is to name, as far as completion needs to know it.
struct KnownContainer {
    std::string name;
    std::string id; // 64 hex digits
    ContainerState state = ContainerState::Created;
    std::string description; // "redis, Up 3 minutes"
};
struct KnownImage {
    std::string name; // familiar: "redis:latest"; empty: dangling
    std::string id;   // 64 hex digits
    std::string description;
};

class NameSource {
public:
    virtual ~NameSource() = default;
    virtual std::vector<KnownContainer> containers() = 0;
    virtual std::vector<KnownImage> images() = 0;
    virtual std::vector<std::string> volumes() = 0;
    virtual std::vector<std::string> networks() = 0;
};

// What may stand in place of a word. A text that ends in one of "=:/," wants more after it.
struct Candidate {
    std::string text;
    std::string description;

    friend bool operator==(const Candidate &, const Candidate &) = default;
    friend auto operator<=>(const Candidate &, const Candidate &) = default;
};

// Names on this computer that the caller (a shell, the console) knows best.
enum class FileKind { None, Files, Folders };

struct Completion {
    std::vector<Candidate> candidates; // each begins with the word so far
    FileKind files = FileKind::None;
    std::string filePrefix;            // what of the word comes before the name of a file: "--env-file="
};

// The one completion engine, of the console and of the shells. words: those before the word that is
// being typed, without "berth"; it depends on nothing else, and changes nothing.
Completion complete(std::span<const std::string> words, std::string_view current, NameSource &source, Language language);

// The first line of a help text, without the colon before those that follow.
std::string shortHelp(std::string_view help, Language language);

// In a shell the first word is the program, whatever its name or alias; in the console it may be left out.
enum class FirstWord { Program, Command };

// What is typed so far of a line, read as a shell would; the last command in it counts.
struct TypedLine {
    std::vector<std::string> words; // before the one that is being typed, without the program
    std::string current;            // the word being typed, without its quotes
    std::size_t begin = 0;          // where it begins in the line
    bool isQuoted = false;          // it has quotes or a backslash
    bool isOpen = false;            // a quote is open, or something else that can have no completion
};
TypedLine readTypedLine(std::string_view line, FirstWord first);

} // namespace berth

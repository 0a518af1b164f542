// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/frame.h"

#include "core/shellwords.h"
#include "gui/style/language.h"
#include "gui/views/commandstrip.h"

#include <QCoreApplication>

#include <utility>

namespace berth {

using namespace Qt::StringLiterals;

namespace {

struct Reason {
    Q_DECLARE_TR_FUNCTIONS(Reason)
};

constexpr qsizetype longestDirectSentence = 180; // characters; about two lines of the message bar

QString asSentence(QString text)
{
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text.endsWith(u'.') ? text : text + u'.';
}

} // namespace

QString reasonText(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Cancelled: return Reason::tr("It was cancelled.");
    case ErrorCode::InvalidArgument: return Reason::tr("Something that was given is not valid.");
    case ErrorCode::NotFound: return Reason::tr("Something that is needed was not found.");
    case ErrorCode::AlreadyExists: return Reason::tr("The name is taken.");
    case ErrorCode::WrongState: return Reason::tr("Its present state does not allow it.");
    case ErrorCode::PermissionDenied: return Reason::tr("The system does not permit it.");
    case ErrorCode::Unavailable: return Reason::tr("A part of Berth that is needed does not answer.");
    case ErrorCode::Corrupt: return Reason::tr("The data is damaged or not of the expected form.");
    case ErrorCode::NoSpace: return Reason::tr("The disk is full. Nothing is lost; free some space and try again.");
    case ErrorCode::Unsupported: return Reason::tr("Berth cannot do this yet.");
    case ErrorCode::NotExecutable: return Reason::tr("The command is in the image and cannot be executed.");
    case ErrorCode::CommandNotFound: return Reason::tr("The command was not found in the image.");
    case ErrorCode::Internal: return Reason::tr("Something unexpected happened.");
    }
    std::unreachable();
}

void Frame::succeeded(const QString &sentence) const
{
    messages->post({.kind = MessageKind::Success, .text = sentence, .details = {}, .button = {}, .action = {}});
}

void Frame::failed(const QString &what, const Error &error) const
{
    const QString own = QString::fromStdString(error.detail);
    // The engine speaks English. Whoever reads that gets its sentence, which names what it was about.
    const bool direct = speaksEnglish() && own.size() <= longestDirectSentence;
    messages->post({.kind = MessageKind::Error,
        .text = what + u' ' + (direct ? asSentence(own) : reasonText(error.code)),
        .details = direct ? QString() : own,
        .button = {},
        .action = {}});
}

void Frame::showCommand(const QStringList &words) const { command->showCommand(berthLine(words)); }

} // namespace berth

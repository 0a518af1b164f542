// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/restartpolicy.h"

using namespace Qt::StringLiterals;

namespace berth {
namespace {

auto invalid(const std::string &why) { return fail(ErrorCode::InvalidArgument, "invalid restart policy: " + why); }

} // namespace

Result<RestartPolicy> parseRestartPolicy(const QString &text)
{
    const auto colon = text.indexOf(u':');
    RestartPolicy policy{.name = text.left(colon)};
    if (colon < 0)
        return policy;
    if (policy.name.isEmpty())
        return fail(ErrorCode::InvalidArgument, "invalid restart policy format: no policy provided before colon");
    bool isNumber = false;
    policy.maxRetries = text.sliced(colon + 1).toInt(&isNumber);
    if (!isNumber)
        return fail(ErrorCode::InvalidArgument, "invalid restart policy format: maximum retry count must be an integer");
    return policy;
}

Result<> checkRestartPolicy(const RestartPolicy &policy)
{
    if (policy.name == "on-failure"_L1)
        return policy.maxRetries < 0 ? Result<>(invalid("maximum retry count cannot be negative")) : Result<>();
    if (policy.name.isEmpty())
        return {};
    if (policy.name != "no"_L1 && policy.name != "always"_L1 && policy.name != "unless-stopped"_L1)
        return invalid(
            "unknown policy '" + policy.name.toStdString() + "'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'");
    if (policy.maxRetries != 0)
        return invalid(std::string("maximum retry count can only be used with 'on-failure'")
            + (policy.maxRetries < 0 ? " and cannot be negative" : ""));
    return {};
}

QString restartText(const RestartPolicy &policy)
{
    return policy.maxRetries == 0 ? policy.name : policy.name + u':' + QString::number(policy.maxRetries);
}

} // namespace berth

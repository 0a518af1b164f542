// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scope/userscope.h"

#include <cerrno>
#include <cstring>
#include <ctime>
#include <memory>

#include <systemd/sd-bus.h>
#include <unistd.h>

namespace berth::scope {
namespace {

constexpr const char *systemd = "org.freedesktop.systemd1";
constexpr const char *managerPath = "/org/freedesktop/systemd1";
constexpr const char *managerInterface = "org.freedesktop.systemd1.Manager";
constexpr const char *slice = "app-berth.slice"; // all of Berth, as one line of systemd-cgtop
constexpr std::uint64_t second = 1'000'000;      // sd-bus counts microseconds
constexpr std::uint64_t mostWait = 10 * second;
// What a container has to end in when the user's systemd ends; Docker's daemon gives fifteen seconds.
constexpr std::uint64_t stopWait = 15 * second;

struct BusCloser {
    void operator()(sd_bus *bus) const { sd_bus_close_unref(bus); } // nothing unsent matters
};
struct MessageCloser {
    void operator()(sd_bus_message *message) const { sd_bus_message_unref(message); }
};
struct SlotCloser {
    void operator()(sd_bus_slot *slot) const { sd_bus_slot_unref(slot); }
};
using Bus = std::unique_ptr<sd_bus, BusCloser>;
using Message = std::unique_ptr<sd_bus_message, MessageCloser>;
using Slot = std::unique_ptr<sd_bus_slot, SlotCloser>;

struct BusError {
    sd_bus_error value = SD_BUS_ERROR_NULL;
    BusError() = default;
    BusError(const BusError &) = delete;
    BusError &operator=(const BusError &) = delete;
    ~BusError() { sd_bus_error_free(&value); }
    [[nodiscard]] std::string text(int result) const { return value.message ? value.message : std::strerror(-result); }
};

std::unexpected<Error> missing(const std::string &why)
{
    return fail(ErrorCode::Unavailable, "the user's instance of systemd gives no control group: " + why);
}

std::uint64_t timeNow()
{
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<std::uint64_t>(now.tv_sec) * second + static_cast<std::uint64_t>(now.tv_nsec) / 1000;
}

// By its fixed place and not by the environment: su and cron leave the variables out, and what they name
// in a desktop's session may be a bus without systemd on it.
Result<Bus> openUserBus()
{
    const std::string path = "/run/user/" + std::to_string(::getuid()) + "/bus";
    if (::access(path.c_str(), F_OK) < 0)
        return missing("there is no " + path
            + " (it is there while the user is logged in, or always after \"loginctl enable-linger\"; Debian's "
              "package dbus-user-session makes it)");
    sd_bus *made = nullptr;
    int result = sd_bus_new(&made);
    Bus bus(made);
    if (result >= 0)
        result = sd_bus_set_address(made, ("unix:path=" + path).c_str());
    if (result >= 0)
        result = sd_bus_set_bus_client(made, 1);
    if (result >= 0)
        result = sd_bus_set_method_call_timeout(made, mostWait);
    if (result >= 0)
        result = sd_bus_start(made);
    if (result < 0)
        return missing("cannot connect to " + path + ": " + std::strerror(-result));
    return bus;
}

// The job that the answer names may end before the answer is read, so ends are kept from the beginning.
struct Job {
    std::string path;
    std::string result; // empty: not yet
};

int noteRemovedJob(sd_bus_message *message, void *data, sd_bus_error *)
{
    std::uint32_t id = 0;
    const char *path = nullptr, *unit = nullptr, *result = nullptr;
    if (sd_bus_message_read(message, "uoss", &id, &path, &unit, &result) < 0)
        return 0;
    auto &job = *static_cast<Job *>(data);
    if (job.path == path)
        job.result = result;
    return 0;
}

Result<Message> startRequest(sd_bus *bus, const Request &request)
{
    sd_bus_message *made = nullptr;
    int result = sd_bus_message_new_method_call(bus, &made, systemd, managerPath, managerInterface, "StartTransientUnit");
    Message message(made);
    if (result >= 0)
        result = sd_bus_message_append(made, "ss", request.unit.c_str(), "fail");
    // A scope of which nobody is left vanishes, also when it did not end well.
    if (result >= 0)
        result = sd_bus_message_append(made, "a(sv)", 6U, "Description", "s", request.description.c_str(), "Slice", "s", slice,
            "PIDs", "au", 1U, request.pid, "Delegate", "b", request.isDelegated ? 1 : 0, "CollectMode", "s", "inactive-or-failed",
            "TimeoutStopUSec", "t", stopWait);
    if (result >= 0)
        result = sd_bus_message_append(made, "a(sa(sv))", 0U);
    if (result < 0)
        return missing(std::string("cannot write the request: ") + std::strerror(-result));
    return message;
}

// The scope of the last run is there until systemd has seen that it is empty.
Result<> startUnit(sd_bus *bus, const Request &request, std::uint64_t deadline, Job &job)
{
    for (;;) {
        const auto message = startRequest(bus, request);
        if (!message)
            return std::unexpected(message.error());
        BusError error;
        sd_bus_message *received = nullptr;
        const int result = sd_bus_call(bus, message->get(), mostWait, &error.value, &received);
        const Message answer(received);
        if (result >= 0) {
            const char *path = nullptr;
            if (sd_bus_message_read(received, "o", &path) < 0)
                return missing("its answer is damaged");
            job.path = path;
            return {};
        }
        if (!sd_bus_error_has_name(&error.value, "org.freedesktop.systemd1.UnitExists") || timeNow() >= deadline)
            return missing("it refuses " + request.unit + ": " + error.text(result));
        const timespec pause{0, 10'000'000};
        ::nanosleep(&pause, nullptr);
    }
}

Result<> awaitJob(sd_bus *bus, const Job &job, std::uint64_t deadline)
{
    while (job.result.empty()) {
        const int result = sd_bus_process(bus, nullptr);
        if (result < 0)
            return missing(std::string("the connection broke: ") + std::strerror(-result));
        if (result > 0)
            continue;
        const std::uint64_t now = timeNow();
        if (now >= deadline)
            return missing("it did not make the scope in ten seconds");
        sd_bus_wait(bus, deadline - now);
    }
    return job.result == "done" ? Result<>() : missing("making the scope ended with \"" + job.result + '"');
}

} // namespace

Result<> makeUserScope(const Request &request)
{
    const std::uint64_t deadline = timeNow() + mostWait;
    const auto bus = openUserBus();
    if (!bus)
        return std::unexpected(bus.error());
    Job job;
    sd_bus_slot *made = nullptr;
    const int result = sd_bus_match_signal(
        bus->get(), &made, systemd, managerPath, managerInterface, "JobRemoved", noteRemovedJob, &job);
    const Slot slot(made);
    if (result < 0)
        return missing(std::string("nobody answers on its bus: ") + std::strerror(-result));
    if (auto started = startUnit(bus->get(), request, deadline, job); !started)
        return started;
    return awaitJob(bus->get(), job, deadline);
}

} // namespace berth::scope

// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/layerermessage.h"
#include "wire/monitormessage.h"
#include "wire/rootmessage.h"
#include "wire/runspec.h"
#include "wire/scopemessage.h"
#include "wire/wirefuzz.h"

#include <set>

using namespace berth;
using namespace std::string_literals;

Q_DECLARE_METATYPE(std::string)

namespace {

RunSpec sampleSpec()
{
    RunSpec spec;
    spec.containerId = std::string(64, 'a');
    spec.layers = {"top", "", "base"};
    spec.arguments = {"sh", "-c", "echo \n\0 \xff"s};
    spec.environment = {"PATH=/bin", "EMPTY="};
    spec.workingDirectory = "/srv";
    spec.user = "1000:1000";
    spec.extraGroups = {"77"};
    spec.hostname = "host";
    spec.mounts = {{.kind = MountKind::Bind, .source = "/home/a b", .target = "/data", .readOnly = true},
        {.kind = MountKind::Volume, .source = "vol", .target = "/v", .noCopy = true},
        {.kind = MountKind::Tmpfs, .source = {}, .target = "/t", .size = 1 << 20, .mode = 0700, .executable = true}};
    spec.terminal = spec.openStdin = spec.init = true;
    spec.columns = 65535;
    spec.rows = 1;
    spec.stopSignal = -1;
    spec.domainname = "example.org";
    spec.limits = {{7, 1024, ~0ULL}};
    spec.noNewPrivileges = true;
    spec.resources = {.memory = 1LL << 40,
        .memoryReservation = 2,
        .memorySwap = -1,
        .cpuQuota = 4,
        .cpuPeriod = 5,
        .cpuShares = 6,
        .processes = 7,
        .cpus = "0-3",
        .memoryNodes = "0"};
    spec.oomScoreAdjust = -1000;
    spec.devices = {{"/dev/fuse", "/dev/f"}, {}};
    spec.restart = {RestartKind::UnlessStopped, 7};
    spec.health = {{"/bin/sh", "-c", "true"}, 1, 2, 3, 4, 5};
    spec.networkKind = NetworkKind::Shared;
    spec.networks = {{.id = std::string(64, 'b'),
        .name = "front",
        .driver = "bridge",
        .address = 0x0a000002,
        .gateway = 0x0a000001,
        .prefix = 32,
        .mac = {2, 0x42, 10, 0, 0, 2},
        .position = 255,
        .internal = true,
        .hasNames = true,
        .names = {"web", "www"},
        .links = {{~0U, {"db"}}}}};
    spec.hostFilesOf = std::string(64, 'c');
    spec.name = "web";
    spec.ports = {{"::1", 8000, 8010, 80, PortProtocol::Udp}, {{}, 0, 0, 443, PortProtocol::Tcp}};
    spec.logMaxSize = ~0ULL;
    return spec;
}

ExecSpec sampleExec()
{
    return {.arguments = {"id"},
        .environment = {"A=1"},
        .workingDirectory = "/",
        .user = "app",
        .detached = true,
        .columns = 80,
        .rows = 24};
}

// One of each; the sets below prove that none is forgotten.
std::vector<monitor::Message> monitorMessages()
{
    using namespace monitor;
    return {Start{sampleSpec(), "/usr/bin/berth", "/run/user/1000/berth", {.wantsStdout = true}}, Hello{true, false, true, true},
        Input{"typed \0 text"s}, InputEnd{}, Resize{200, 50}, Signal{15, true}, KillAll{}, Pause{true, true}, Exec{sampleExec()},
        SetRestart{{RestartKind::OnFailure, 3}}, Started{4711}, Failed{{ErrorCode::CommandNotFound, "exec: \"x\""}}, Done{},
        Output{Stream::Stderr, std::string(300, '\xff')}, Exited{{137, 9, true}}, ExecStarted{-1}, ExecExited{{3, 0, false}},
        JoinRoot{}, RootNamespaces{}, Connect{sampleSpec().networks.front()}, Disconnect{std::string(64, 'b')}, JoinNetwork{},
        NetworkNamespace{}, SetResources{sampleSpec().resources}};
}

layerer::Sha256 digest(unsigned char byte)
{
    layerer::Sha256 value;
    value.fill(byte);
    return value;
}

std::vector<rootmount::Message> rootMessages()
{
    using namespace rootmount;
    return {Mount{sampleSpec(), "/home/me/berth", true}, Join{true}, Ready{}, Failed{{ErrorCode::NotFound, "gone"}}};
}

std::vector<layerer::Message> layererMessages()
{
    using namespace layerer;
    return {LowerTrees{}, Unpack{1, ~0ULL, digest(1), digest(2)}, Inflate{}, Pack{digest(3)}, PackTree{{"etc/hosts", ""}},
        CompareTree{{"a\nb"}}, Remove{{"a", "", "b\nc"}, true}, Progress{1ULL << 40},
        Unpacked{1, 2, 3, 4, 5, Compression::Bzip2, digest(4)}, Inflated{7, Compression::Zstd}, Packed{8}, Compared{9}, Removed{},
        Failed{{ErrorCode::NoSpace, "disk is full"}, true}, Measure{{"a", ""}, "upper", {"etc/mtab"}}, Measured{{0, 1, ~0ULL}},
        ExaminePath{"/a"}, ReadTree{"/a", "b", true, true}, WriteTree{"/a", true}, PathExamined{0120777, "/b"},
        TreeRead{9, {"s", ""}}, TreeWritten{10}};
}

template<typename Messages> auto kindsOf(const Messages &messages)
{
    std::set<std::size_t> kinds;
    for (const auto &message : messages)
        kinds.insert(message.index());
    return kinds.size();
}

std::string encodeSpec(const RunSpec &spec) { return encode(spec); }
std::string encodeExec(const ExecSpec &spec) { return encode(spec); }

} // namespace

// Messages between our own programs. Their bytes come over sockets that a user's other programs can reach,
// so each decoder is judged as if its peer were hostile (CVE-2021-43784: a length that wrapped).
class TestMessages : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyKindIsHere()
    {
        QCOMPARE(kindsOf(monitorMessages()), std::variant_size_v<monitor::Message>);
        QCOMPARE(kindsOf(layererMessages()), std::variant_size_v<layerer::Message>);
        QCOMPARE(kindsOf(rootMessages()), std::variant_size_v<rootmount::Message>);
    }

    void row06_monitor_data()
    {
        QTest::addColumn<std::string>("bytes");
        for (const auto &message : monitorMessages())
            QTest::addRow("kind %d", int(message.index())) << monitor::encode(message);
        QTest::newRow("hello without a wish") << monitor::encode(monitor::Hello{});
        monitor::Start bare;
        bare.spec.arguments = {""};
        QTest::newRow("start with next to nothing") << monitor::encode(bare);
    }
    void row06_monitor()
    {
        QFETCH(std::string, bytes);
        verifyBears(bytes, monitor::decode, monitor::encode);
    }

    void row06_layerer_data()
    {
        QTest::addColumn<std::string>("bytes");
        for (const auto &message : layererMessages())
            QTest::addRow("kind %d", int(message.index())) << layerer::encode(message);
        QTest::newRow("unpack without a blob's digest") << layerer::encode(layerer::Unpack{});
    }
    void row06_layerer()
    {
        QFETCH(std::string, bytes);
        verifyBears(bytes, layerer::decode, layerer::encode);
    }

    void row06_rootmount_data()
    {
        QTest::addColumn<std::string>("bytes");
        for (const auto &message : rootMessages())
            QTest::addRow("kind %d", int(message.index())) << rootmount::encode(message);
    }
    void row06_rootmount()
    {
        QFETCH(std::string, bytes);
        verifyBears(bytes, rootmount::decode, rootmount::encode);
    }

    void row06_scope()
    {
        const scope::Request request{
            .unit = "berth-a.scope", .description = "Berth container a", .pid = ~0U, .isDelegated = true};
        verifyBears(
            scope::encode(request), scope::decodeRequest, [](const scope::Request &again) { return scope::encode(again); });
        QVERIFY(scope::decodeRequest(scope::encode(request)).value() == request);
        const scope::Answer refusal{.isDone = false, .error = {ErrorCode::Unavailable, "there is no bus"}};
        verifyBears(scope::encode(refusal), scope::decodeAnswer, [](const scope::Answer &again) { return scope::encode(again); });
        QVERIFY(scope::decodeAnswer(scope::encode(refusal)).value() == refusal);
    }

    void row06_specifications()
    {
        verifyBears(encode(sampleSpec()), decodeRunSpec, encodeSpec);
        verifyBears(encode(sampleExec()), decodeExecSpec, encodeExec);
    }

    void specificationsComeBackWhole()
    {
        QVERIFY(decodeRunSpec(encode(sampleSpec())).value() == sampleSpec());
        QVERIFY(decodeExecSpec(encode(sampleExec())).value() == sampleExec());
        const auto start = monitor::decode(monitor::encode(monitorMessages()[0]));
        QVERIFY(start && std::get<monitor::Start>(*start).spec == sampleSpec());
        QVERIFY(std::get<monitor::Start>(*start).attach == (monitor::Hello{.wantsStdout = true}));
        const auto exec = monitor::decode(monitor::encode(monitor::Exec{sampleExec()}));
        QVERIFY(exec && std::get<monitor::Exec>(*exec).spec == sampleExec());
    }

    void specificationOfAnotherVersion()
    {
        std::string bytes = encode(sampleSpec());
        bytes[0] = char(bytes[0] + 1);
        QCOMPARE(int(decodeRunSpec(bytes).error().code), int(ErrorCode::Corrupt));
        bytes = encode(sampleExec());
        bytes[0] = char(bytes[0] + 1);
        QCOMPARE(int(decodeExecSpec(bytes).error().code), int(ErrorCode::Corrupt));
    }

    void specificationWithoutAProgram()
    {
        QVERIFY(!decodeRunSpec(encode(RunSpec{})));
        QVERIFY(!decodeExecSpec(encode(ExecSpec{})));
        QVERIFY(!monitor::decode(monitor::encode(monitor::Exec{})));
    }

    void unknownKinds()
    {
        for (int kind = 0; kind < 256; ++kind) {
            const std::string bytes(1, char(kind));
            const bool hasNoFields = kind < int(std::variant_size_v<monitor::Message>)
                && monitor::encode(monitorMessages()[std::size_t(kind)]).size() == 1;
            QCOMPARE(monitor::decode(bytes).has_value(), hasNoFields);
            if (kind >= int(std::variant_size_v<layerer::Message>))
                QVERIFY(!layerer::decode(bytes));
        }
        QVERIFY(!monitor::decode("") && !layerer::decode(""));
    }

    void outputHasALimit()
    {
        using namespace monitor;
        const std::string most(maxChunk, 'x');
        QVERIFY(monitor::decode(monitor::encode(Output{Stream::Stdout, most})));
        QVERIFY(monitor::decode(monitor::encode(Input{most})));
        QVERIFY(!monitor::decode(monitor::encode(Output{Stream::Stdout, most + 'x'})));
        QVERIFY(!monitor::decode(monitor::encode(Input{most + 'x'})));
    }

    void row06_randomBytes()
    {
        QRandomGenerator random(7);
        for (int round = 0; round < 200'000; ++round) {
            std::string bytes(std::size_t(random.bounded(80)), '\0');
            for (char &byte : bytes)
                byte = random.bounded(3) ? char(random.bounded(4)) : char(random.generate());
            QVERIFY(isSafe(bytes, monitor::decode, monitor::encode));
            QVERIFY(isSafe(bytes, layerer::decode, layerer::encode));
            QVERIFY(isSafe(bytes, decodeRunSpec, encodeSpec));
            QVERIFY(isSafe(bytes, decodeExecSpec, encodeExec));
        }
    }

    // The longest message, of lists as full as they can be: memory stays in proportion.
    void row06_fullLists()
    {
        constexpr std::size_t size = 256 * 1024;
        for (const char fill : {'\0', '\1', '\xff'}) {
            for (int kind = 0; kind < 16; ++kind) {
                std::string bytes(size, fill);
                bytes[0] = char(kind);
                const std::uint32_t count = size / 4 - 2;
                std::memcpy(bytes.data() + 1, &count, sizeof count);
                QVERIFY(isSafe(bytes, layerer::decode, layerer::encode));
                QVERIFY(isSafe(bytes, monitor::decode, monitor::encode));
            }
        }
        RunSpec spec = sampleSpec();
        spec.mounts.assign(7000, {});
        spec.environment.assign(10'000, "");
        QVERIFY(isSafe(encode(spec), decodeRunSpec, encodeSpec));
    }

    void compressionByFirstBytes()
    {
        const std::pair<std::string, Compression> rows[] = {{"\x1f\x8b\x08"s, Compression::Gzip},
            {"\x1f\x8b\x07"s, Compression::None}, {"\x28\xb5\x2f\xfd"s, Compression::Zstd},
            {"\x50\x2a\x4d\x18"s, Compression::Zstd}, {"\x5f\x2a\x4d\x18"s, Compression::Zstd},
            {"\x60\x2a\x4d\x18"s, Compression::None},
            {"\xfd"
             "7zXZ\0"s,
                Compression::Xz},
            {"\xfd"
             "7zXZ"s,
                Compression::None},
            {"BZh91AY&SY"s, Compression::Bzip2}, {"BZh9\x17\x72\x45\x38\x50\x90"s, Compression::Bzip2},
            {"BZhome/file"s, Compression::None}, {"BZh9"s, Compression::None}, {""s, Compression::None}};
        for (const auto &[bytes, expected] : rows)
            QCOMPARE(int(detectCompression(bytes)), int(expected));
    }
};

QTEST_APPLESS_MAIN(TestMessages)
#include "tst_messages.moc"

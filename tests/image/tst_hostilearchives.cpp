// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Archives whose own lists, names and files lie. Each is refused with a sentence that says what is wrong,
// and the store stays as it was.
#include "image/hostilefixture.h"

using namespace berth;
using namespace Qt::StringLiterals;
using namespace berth::test;

Q_DECLARE_METATYPE(berth::ErrorCode)

namespace {

MadeImage image(const QString &name = u"hostile:1"_s)
{
    return {
        .layers = {TarWriter().folder("etc/").file("etc/a", "a").bytes(), TarWriter().file("b", "b").bytes()}, .names = {name}};
}

void replace(Members &members, const QString &end, const QByteArray &content)
{
    for (auto &member : members) {
        if (member.first.endsWith(end))
            member.second = content;
    }
}
Members without(Members members, const QString &end)
{
    members.removeIf([&](const auto &member) { return member.first.endsWith(end); });
    return members;
}
// A docker archive of image() with another manifest.json.
Members withManifest(const QByteArray &manifest)
{
    auto members = dockerMembers({image()});
    replace(members, u"manifest.json"_s, manifest);
    return members;
}
Members withOneField(const QString &field, const QJsonValue &value)
{
    auto members = dockerMembers({image()});
    QJsonArray list = QJsonDocument::fromJson(members.last().second).array();
    QJsonObject item = list[0].toObject();
    item[field] = value;
    list[0] = item;
    members.last().second = jsonOf(list);
    return members;
}

} // namespace

class TestHostileArchives : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<HostileFixture> m_fixture;

    static void addRow(const char *name, const std::string &archive, ErrorCode code, const QStringList &words)
    {
        QTest::newRow(name) << archive << code << words;
    }

    static void addDocker()
    {
        const auto corrupt = ErrorCode::Corrupt;
        addRow("nothing", "", corrupt, {u"no image"_s});
        addRow("text", "hello, this is no archive\n", corrupt, {u"header"_s});
        addRow("other tar", TarWriter().file("readme", "x").bytes(), corrupt, {u"no image"_s, u"manifest.json"_s});
        addRow("manifest no JSON", tarOf(withManifest("[{")), corrupt, {u"manifest.json"_s, u"JSON"_s});
        addRow("manifest null", tarOf(withManifest("null")), corrupt, {u"manifest.json"_s});
        addRow("manifest an object", tarOf(withManifest("{}")), corrupt, {u"manifest.json"_s, u"list"_s});
        addRow("manifest of numbers", tarOf(withManifest("[1]")), ErrorCode::NotFound, {u"configuration"_s});
        addRow("manifest deep", tarOf(withManifest(QByteArray(100'000, '['))), corrupt, {u"manifest.json"_s, u"JSON"_s});
        QByteArray many = "[{}";
        for (int i = 0; i < 1000; ++i)
            many += ",{}";
        addRow("a thousand images", tarOf(withManifest(many + ']')), corrupt, {u"1000 images"_s});
        addRow("manifest too large", tarOf(withManifest(QByteArray((8 << 20) + 1, ' '))), corrupt,
            {u"manifest.json"_s, u"8388608"_s});
        addRow("no configuration", tarOf(without(dockerMembers({image()}), u"json"_s) + Members{dockerMembers({image()}).last()}),
            ErrorCode::NotFound, {u"configuration"_s, u".json is not in the archive"_s});
        addRow("no layer", tarOf(without(dockerMembers({image()}), digestOf(image().layers[1]).hex() + u".tar"_s)),
            ErrorCode::NotFound, {u"layer is missing"_s, digestOf(image().layers[1]).hex()});
        auto members = dockerMembers({image()});
        replace(members, Digest::ofBytes(image().config()).hex() + u".json"_s, image().config() + ' ');
        addRow("configuration altered", tarOf(members), corrupt, {Digest::ofBytes(image().config()).hex(), u"wrong contents"_s});
        addRow("one layer less", tarOf(withOneField(u"Layers"_s, QJsonArray{digestOf(image().layers[0]).hex() + u".tar"_s})),
            corrupt, {u"1 layers"_s, u"2"_s});
        addRow("layers swapped",
            tarOf(withOneField(u"Layers"_s,
                QJsonArray{digestOf(image().layers[1]).hex() + u".tar"_s, digestOf(image().layers[0]).hex() + u".tar"_s})),
            corrupt, {u"digest is"_s});
        QJsonArray layers;
        for (int i = 0; i < 501; ++i)
            layers += digestOf(image().layers[0]).hex() + u".tar"_s;
        addRow("too many layers", tarOf(withOneField(u"Layers"_s, layers)), corrupt, {u"500 layers"_s});
        addRow("layer above", tarOf(withOneField(u"Layers"_s, QJsonArray{u"../../etc/passwd"_s, u"b"_s})), corrupt,
            {u"../../etc/passwd"_s});
        addRow("configuration above", tarOf(withOneField(u"Config"_s, u"../../../etc/passwd"_s)), corrupt,
            {u"../../../etc/passwd"_s});
        addRow("layer is a folder",
            TarWriter().folder("d/").raw(tarOf(withOneField(u"Layers"_s, QJsonArray{u"d"_s, u"d"_s}))).bytes(), corrupt,
            {u"d of the archive is not a file"_s});
    }

    static void addNames()
    {
        for (const QString &name :
            {u"../../x"_s, u"UPPER:1"_s, u"a b"_s, u"x:"_s, u"x\ny"_s, u"x@sha256:12"_s, u"-x"_s, u"x:"_s + QString(129, u't')})
            addRow(qPrintable(u"name "_s + name.left(20)), tarOf(withOneField(u"RepoTags"_s, QJsonArray{name})),
                ErrorCode::InvalidArgument, {u"bad name"_s});
    }

    static void addOuterTar()
    {
        const auto corrupt = ErrorCode::Corrupt;
        const auto good = dockerArchive({image()});
        addRow("member above", TarWriter().file("../x", "x").raw(good).bytes(), corrupt, {u"../x"_s});
        addRow("link above", TarWriter().link("l", "../../etc/passwd").raw(good).bytes(), corrupt, {u"link l"_s, u"outside"_s});
        const auto linked = tarOf(withOneField(u"Layers"_s, QJsonArray{u"l"_s, u"l"_s}));
        addRow("link to /etc/passwd", TarWriter().link("l", "/etc/passwd").raw(linked).bytes(), ErrorCode::NotFound,
            {u"layer is missing"_s, u"l is not in"_s});
        addRow("links in a ring", TarWriter().link("l", "m").link("m", "l").raw(linked).bytes(), corrupt,
            {u"link l"_s, u"nowhere"_s});
        addRow("device as layer",
            TarWriter().add({.name = "l", .content = {}, .type = '3', .link = {}, .pax = {}}).raw(linked).bytes(), corrupt,
            {u"l of the archive is not a file"_s});
        addRow("sparse member",
            TarWriter()
                .add({.name = "s",
                    .content = "abcd",
                    .link = {},
                    .pax = {{"GNU.sparse.size", "10737418240"}, {"GNU.sparse.map", "0,4"}}})
                .raw(good)
                .bytes(),
            ErrorCode::Unsupported, {u"member s"_s, u"sparse"_s});
        addRow("member too large",
            TarWriter::header({.name = "huge", .content = {}, .link = {}, .pax = {}, .claimedSize = 1LL << 60}) + good, corrupt,
            {u"huge"_s, u"ends in the middle"_s});
        std::string flood;
        for (int i = 0; i < 200'001; ++i)
            flood += TarWriter::header({.name = "same", .content = {}, .link = {}, .pax = {}});
        addRow("too many members", flood, corrupt, {u"200000 members"_s});
        addRow("gzip of nothing", std::string("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10), corrupt, {u"cut"_s});
        addRow("zstd of noise", "\x28\xb5\x2f\xfd" + std::string(100, '\x7f'), corrupt, {u"zstd data is damaged"_s});
    }

    static void addOci()
    {
        const auto corrupt = ErrorCode::Corrupt;
        const auto manifest = putImageDigest();
        addRow("index no JSON", tarOf({{u"index.json"_s, "{"}}), corrupt, {u"index.json"_s, u"JSON"_s});
        addRow("index a list", tarOf({{u"index.json"_s, "[]"}}), corrupt, {u"index.json"_s, u"object"_s});
        addRow("empty index", tarOf({{u"index.json"_s, "{}"}}), ErrorCode::Unsupported, {u"no container image"_s});
        addRow("manifest missing", tarOf(without(ociMembers({image()}), manifest)), ErrorCode::NotFound, {manifest});
        auto members = ociMembers({image()});
        replace(members, manifest, "{}");
        addRow("manifest altered", tarOf(members), corrupt, {manifest, u"wrong contents"_s});
        members = ociMembers({image()});
        replace(members, Digest::ofBytes(image().config()).hex(), image().config() + ' ');
        addRow("configuration altered, OCI", tarOf(members), corrupt,
            {Digest::ofBytes(image().config()).hex(), u"wrong contents"_s});
        members = ociMembers({image()});
        replace(members, digestOf(image().layers[1]).hex(), bytesOf(image().layers[1] + std::string(512, '\0')));
        addRow("layer of another size", tarOf(members), corrupt, {digestOf(image().layers[1]).hex(), u"bytes, not"_s});
        addRow("layer missing, OCI", tarOf(without(ociMembers({image()}), digestOf(image().layers[1]).hex())),
            ErrorCode::NotFound, {digestOf(image().layers[1]).hex()});
        // Unpacked it is the right layer, but it is not what the manifest says is stored: another time in
        // the header of gzip.
        auto packed = image();
        packed.stored = {image().layers[0], zipped(image().layers[1])};
        members = ociMembers({packed});
        auto altered = bytesOf(packed.stored[1]);
        altered[4] = static_cast<char>(altered[4] ^ 1);
        replace(members, digestOf(packed.stored[1]).hex(), altered);
        addRow("layer altered, OCI", tarOf(members), corrupt, {digestOf(packed.stored[1]).hex(), u"as stored"_s});
        const auto descriptor = [](const QString &digest, const QString &type) {
            return tarOf({{u"index.json"_s,
                jsonOf(QJsonObject{{u"manifests"_s, QJsonArray{QJsonObject{{u"digest"_s, digest}, {u"mediaType"_s, type}}}}})}});
        };
        const QString manifestType = u"application/vnd.oci.image.manifest.v1+json"_s;
        addRow("sha512", descriptor(u"sha512:"_s + QString(128, u'a'), manifestType), ErrorCode::Unsupported, {u"sha512:aaa"_s});
        addRow("digest is a path", descriptor(u"sha256:../../../etc/passwd"_s, manifestType), ErrorCode::InvalidArgument,
            {u"../etc/passwd"_s});
        addDeepOci();
    }

    static std::string zipped(const std::string &bytes)
    {
        QProcess gzip;
        gzip.start(u"gzip"_s, {u"-c"_s});
        gzip.write(bytesOf(bytes));
        gzip.closeWriteChannel();
        return gzip.waitForFinished() ? gzip.readAllStandardOutput().toStdString() : std::string();
    }

    static QString putImageDigest()
    {
        Members members;
        return putImage(members, image())[u"digest"_s].toString().mid(7);
    }

    static void addDeepOci()
    {
        Members members;
        QJsonObject index = putImage(members, image());
        for (int i = 0; i < 9; ++i)
            index = putIndex(members, {index});
        putTopIndex(members, {index});
        addRow("indexes too deep", tarOf(members), ErrorCode::Corrupt, {u"8 deep"_s});
        members.clear();
        QJsonArray flood;
        for (int i = 0; i < 4097; ++i)
            flood += putImage(members, image());
        putTopIndex(members, flood);
        addRow("too many manifests", tarOf(members), ErrorCode::Corrupt, {u"4096 manifests"_s});
        members.clear();
        const auto old = putBlob(members, R"({"schemaVersion":1})", u"application/vnd.docker.distribution.manifest.v1+json"_s);
        putTopIndex(members, {old});
        addRow("schema 1", tarOf(members), ErrorCode::Unsupported, {old[u"digest"_s].toString().mid(7), u"schema 1"_s});
        members.clear();
        auto one = image();
        auto two = image();
        one.architecture = u"riscv64"_s;
        two.architecture = u"s390x"_s;
        putTopIndex(members,
            {putIndex(
                members, {onPlatform(putImage(members, one), u"riscv64"_s), onPlatform(putImage(members, two), u"s390x"_s)})});
        addRow("no image for this machine", tarOf(members), ErrorCode::Unsupported,
            {thisPlatform(), u"linux/riscv64, linux/s390x"_s});
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_fixture = std::make_unique<HostileFixture>();
        m_fixture->fill();
    }
    void cleanupTestCase() { m_fixture.reset(); }

    void refuses_data()
    {
        QTest::addColumn<std::string>("archive");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QStringList>("words");
        addDocker();
        addNames();
        addOuterTar();
        addOci();
    }
    void refuses()
    {
        QFETCH(std::string, archive);
        QFETCH(ErrorCode, code);
        QFETCH(QStringList, words);
        m_fixture->checkRefused(archive, code, words);
    }

    // manifest.json comes last, so any cut loses it or what it names.
    void refusesEveryCut()
    {
        const auto whole = dockerArchive({image()});
        for (std::size_t size = 0; size + 1024 < whole.size(); size += 353) {
            const auto imported = m_fixture->importBytes(whole.substr(0, size));
            QVERIFY2(!imported, qPrintable(QString::number(size)));
            QVERIFY2(imported.error().code == ErrorCode::Corrupt, imported.error().detail.c_str());
        }
        QCOMPARE(m_fixture->contents(), m_fixture->before());
    }

    void refusesCutCompressedArchives()
    {
        for (const auto *name : {"busybox.tar.gz", "busybox.tar.zst", "busybox.tar.xz", "busybox.tar.bz2"}) {
            QFile file(ImportFixture::realArchive(QString::fromLatin1(name)));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const auto bytes = file.readAll();
            const auto imported = m_fixture->importBytes(bytes.left(bytes.size() * 2 / 3).toStdString());
            QVERIFY2(!imported && imported.error().code == ErrorCode::Corrupt && imported.error().detail.contains("cut"), name);
        }
        QCOMPARE(m_fixture->contents(), m_fixture->before());
    }

    // The database refuses in the middle of several images: none of them stays, no layer and no name.
    void takesBackWhatWasRecorded()
    {
        const auto connection = u"refusing"_s;
        const auto run = [&](const QString &sql) {
            QSqlQuery query(QSqlDatabase::database(connection));
            return query.exec(sql);
        };
        {
            auto database = QSqlDatabase::addDatabase(u"QSQLITE"_s, connection);
            database.setDatabaseName(m_fixture->dataPath(u"berth.db"_s));
            QVERIFY(database.open());
            QVERIFY(run(
                u"CREATE TRIGGER refuse BEFORE INSERT ON names WHEN NEW.name LIKE '%second%' BEGIN SELECT RAISE(ABORT, 'refused'); END"_s));
        }
        auto first = image(u"kept:1"_s);
        auto second = image(u"second:1"_s);
        second.layers.push_back(TarWriter().file("c", "c").bytes());
        const auto imported = m_fixture->importBytes(dockerArchive({first, second}));
        QVERIFY(!imported);
        QVERIFY(run(u"DROP TRIGGER refuse"_s));
        QSqlDatabase::removeDatabase(connection);
        QCOMPARE(m_fixture->contents(), m_fixture->before());
        QCOMPARE(m_fixture->garbage(), QStringList());
    }

    // ---- folders and paths ------------------------------------------------------------------------
    void refusesOddFiles()
    {
        const QByteArray pipe = m_fixture->path(u"pipe"_s).toLocal8Bit();
        QCOMPARE(::mkfifo(pipe.constData(), 0600), 0);
        m_fixture->checkRefused(QString::fromLocal8Bit(pipe), ErrorCode::InvalidArgument, {u"neither a file nor a folder"_s});
        m_fixture->checkRefused(u"/dev/zero"_s, ErrorCode::InvalidArgument, {u"/dev/zero"_s});
        m_fixture->checkRefused(m_fixture->path(u"absent"_s), ErrorCode::NotFound, {u"absent"_s});
        QDir().mkpath(m_fixture->path(u"empty"_s));
        m_fixture->checkRefused(m_fixture->path(u"empty"_s), ErrorCode::Corrupt, {u"no image"_s});
    }

    void layoutFoldersDoNotLeadOutside_data()
    {
        QTest::addColumn<QString>("member"); // becomes a link to a right copy outside of the layout
        QTest::newRow("index") << u"index.json"_s;
        QTest::newRow("manifest") << u"blobs/sha256/"_s + putImageDigest();
        QTest::newRow("configuration") << u"blobs/sha256/"_s + Digest::ofBytes(image().config()).hex();
        QTest::newRow("layer") << u"blobs/sha256/"_s + digestOf(image().layers[0]).hex();
        QTest::newRow("folder") << u"blobs"_s;
    }
    void layoutFoldersDoNotLeadOutside()
    {
        QFETCH(QString, member);
        const QString layout = m_fixture->writeFolder(u"layout"_s, ociMembers({image()}));
        const QString copy = m_fixture->path(u"copy-of-"_s + QFileInfo(member).fileName());
        QVERIFY(QDir().rename(layout + u'/' + member, copy));
        QVERIFY(QFile::link(copy, layout + u'/' + member));
        const auto imported = m_fixture->import(layout);
        QVERIFY2(!imported, "it was read through the link");
        QCOMPARE(m_fixture->contents(), m_fixture->before());
    }

    void layoutFoldersHaveBoundedFiles()
    {
        const QString layer = u"blobs/sha256/"_s + digestOf(image().layers[0]).hex();
        for (const QString &member : {u"index.json"_s, u"blobs/sha256/"_s + putImageDigest(), layer}) {
            const QString layout = m_fixture->writeFolder(u"layout"_s, ociMembers({image()}));
            const QByteArray file = (layout + u'/' + member).toLocal8Bit();
            QCOMPARE(::truncate(file.constData(), 10LL << 30), 0);
            m_fixture->checkRefused(layout, ErrorCode::Corrupt, {QFileInfo(member).fileName(), u"10737418240"_s});
            QVERIFY(QFile::remove(layout + u'/' + member));
            QCOMPARE(::mkfifo(file.constData(), 0600), 0);
            const auto imported = m_fixture->import(layout);
            QVERIFY2(!imported, "a FIFO is no file");
        }
        QCOMPARE(m_fixture->contents(), m_fixture->before());
    }
};

QTEST_GUILESS_MAIN(TestHostileArchives)
#include "tst_hostilearchives.moc"

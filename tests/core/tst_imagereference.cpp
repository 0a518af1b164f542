// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imagereference.h"

#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;

namespace {
const QString hex64 = u"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"_s;
const QString digestText = u"sha256:"_s + hex64;
} // namespace

class TestImageReference : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void accepts_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("canonical");
        QTest::addColumn<QString>("familiar");
        const auto row = [](const QString &text, const QString &canonical, const QString &familiar) {
            QTest::newRow(qPrintable(text)) << text << canonical << familiar;
        };
        row(u"redis"_s, u"docker.io/library/redis:latest"_s, u"redis:latest"_s);
        row(u"redis:7.2"_s, u"docker.io/library/redis:7.2"_s, u"redis:7.2"_s);
        row(u"library/redis"_s, u"docker.io/library/redis:latest"_s, u"redis:latest"_s);
        row(u"library/a/b"_s, u"docker.io/library/a/b:latest"_s, u"library/a/b:latest"_s);
        row(u"docker.io/redis"_s, u"docker.io/library/redis:latest"_s, u"redis:latest"_s);
        row(u"index.docker.io/redis"_s, u"docker.io/library/redis:latest"_s, u"redis:latest"_s);
        row(u"bitnami/redis:1"_s, u"docker.io/bitnami/redis:1"_s, u"bitnami/redis:1"_s);
        row(u"a/b/c"_s, u"docker.io/a/b/c:latest"_s, u"a/b/c:latest"_s);
        row(u"localhost/redis"_s, u"localhost/redis:latest"_s, u"localhost/redis:latest"_s);
        row(u"localhost:5000/redis:x"_s, u"localhost:5000/redis:x"_s, u"localhost:5000/redis:x"_s);
        row(u"ghcr.io/a/b:v1"_s, u"ghcr.io/a/b:v1"_s, u"ghcr.io/a/b:v1"_s);
        row(u"Registry/redis"_s, u"Registry/redis:latest"_s, u"Registry/redis:latest"_s);
        row(u"host:80/redis"_s, u"host:80/redis:latest"_s, u"host:80/redis:latest"_s);
        row(u"[2001:db8::1]:5000/a"_s, u"[2001:db8::1]:5000/a:latest"_s, u"[2001:db8::1]:5000/a:latest"_s);
        row(u"a__b/c-----d.e"_s, u"docker.io/a__b/c-----d.e:latest"_s, u"a__b/c-----d.e:latest"_s);
        row(u"x:_tag.A-1"_s, u"docker.io/library/x:_tag.A-1"_s, u"x:_tag.A-1"_s);
        row(u"redis@"_s + digestText, u"docker.io/library/redis@"_s + digestText, u"redis@"_s + digestText);
        row(u"redis:7@"_s + digestText, u"docker.io/library/redis:7@"_s + digestText, u"redis:7@"_s + digestText);
        row(hex64.first(63), u"docker.io/library/"_s + hex64.first(63) + u":latest"_s, hex64.first(63) + u":latest"_s);
        row(u"x:"_s + QString(128, u'a'), u"docker.io/library/x:"_s + QString(128, u'a'), u"x:"_s + QString(128, u'a'));
    }
    void accepts()
    {
        QFETCH(QString, text);
        QFETCH(QString, canonical);
        QFETCH(QString, familiar);
        const auto reference = ImageReference::parse(text);
        QVERIFY2(reference.has_value(), reference ? "" : reference.error().detail.c_str());
        QCOMPARE(reference->canonicalName(), canonical);
        QCOMPARE(reference->familiarName(), familiar);
        QCOMPARE(ImageReference::parse(canonical).value(), *reference);
        QCOMPARE(ImageReference::parse(familiar).value(), *reference);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("mentions");
        const auto row = [](const char *name, const QString &text, const QString &mentions = u"invalid reference format"_s) {
            QTest::newRow(name) << text << mentions;
        };
        row("empty", QString());
        row("blank", u" "_s);
        row("only a tag", u":tag"_s);
        row("empty tag", u"redis:"_s);
        row("tag with slash", u"redis:a/b"_s);
        row("tag too long", u"x:"_s + QString(129, u'a'));
        row("tag starts with dot", u"x:.a"_s);
        row("tag starts with dash", u"x:-a"_s);
        row("two tags", u"a:b:c"_s);
        row("upper-case path", u"Redis"_s, u"must be lowercase"_s);
        row("upper-case path in a folder", u"a/Redis"_s, u"must be lowercase"_s);
        row("leading separator", u"-redis"_s);
        row("trailing separator", u"redis-"_s);
        row("two dots", u"a..b"_s);
        row("three underscores", u"a___b"_s);
        row("mixed separators", u"a._b"_s);
        row("double slash", u"a//b"_s);
        row("leading slash", u"/a"_s);
        row("trailing slash", u"a/"_s);
        row("domain only", u"ghcr.io/"_s);
        row("domain with dash end", u"bad-.io/a"_s);
        row("domain with underscore", u"a_b.io/a"_s);
        row("port not a number", u"host:x/a"_s);
        row("empty port", u"host:/a"_s);
        row("open bracket", u"[::1/a"_s);
        row("scheme", u"https://ghcr.io/a"_s);
        row("id", hex64, u"64-byte hexadecimal"_s);
        row("digest without algorithm", u"a@"_s + hex64);
        row("digest too short", u"a@sha256:abcd"_s);
        row("other algorithm", u"a@sha512:"_s + hex64 + hex64, u"only sha256"_s);
        row("two digests", u"a@"_s + digestText + u"@"_s + digestText);
        row("line end", u"redis\n"_s);
        row("path too long", u"a/"_s + QString(254, u'b'), u"255 characters"_s);
        row("Korean", u"레디스"_s);
    }
    void refuses()
    {
        QFETCH(QString, text);
        QFETCH(QString, mentions);
        const auto reference = ImageReference::parse(text);
        QVERIFY(!reference);
        const QString detail = QString::fromStdString(reference.error().detail);
        QVERIFY2(detail.contains(mentions), qPrintable(detail));
    }

    void aFamiliarNameThatLooksLikeAnIdStaysParsable()
    {
        // 64 hex digits with a tag are a repository; alone they are an id.
        const auto reference = ImageReference::parse(hex64 + u":latest"_s);
        QVERIFY(reference.has_value());
        QCOMPARE(ImageReference::parse(reference->familiarName()).value(), *reference);
    }
};

QTEST_GUILESS_MAIN(TestImageReference)
#include "tst_imagereference.moc"

// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/importfixture.h"

namespace berth::test {

// A store that holds one good image, and must hold exactly that after each archive that was refused.
class HostileFixture : public ImportFixture {
public:
    // For initTestCase().
    void fill()
    {
        QVERIFY(importBytes(dockerArchive({{.layers = {TarWriter().file("kept", "kept").bytes()}, .names = {u"kept:1"_s}}})));
        m_before = contents();
        QVERIFY(m_before.size() > 5);
    }

    // The sentence names the file and has all the words; store and outside are as they were.
    void checkRefused(const QString &file, ErrorCode code, const QStringList &words)
    {
        const auto imported = import(file);
        QVERIFY(!imported);
        const QString sentence = QString::fromStdString(imported.error().detail);
        for (const QString &word : words)
            QVERIFY2(sentence.contains(word), qPrintable(sentence + u" lacks "_s + word));
        QVERIFY2(imported.error().code == code, qPrintable(sentence));
        // What is not even a file is refused before anything is imported.
        const QString begin = QFileInfo(file).isFile() ? u"cannot import "_s + file : QString();
        QVERIFY2(sentence.startsWith(begin) && sentence.contains(file), qPrintable(sentence));
        QVERIFY2(sentence.size() < 600 && !sentence.contains(u'\n'), qPrintable(sentence));
        QCOMPARE(contents(), m_before);
        QCOMPARE(garbage(), QStringList());
        QVERIFY(isOutsideUntouched());
        // The window shows a card before it imports; that must be as careful.
        (void)previewArchive(store(), file);
    }
    void checkRefused(const std::string &archive, ErrorCode code, const QStringList &words)
    {
        checkRefused(write(u"archive.tar"_s, archive), code, words);
    }

    [[nodiscard]] const QStringList &before() const { return m_before; }

private:
    QStringList m_before;
};

} // namespace berth::test

// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/layerermessage.h"

#include <memory>
#include <span>
#include <string>

#include <openssl/evp.h>

namespace berth {

// SHA-256 by libcrypto, which uses the processor's instructions for it.
class Sha256Hash {
public:
    Sha256Hash();
    void add(std::span<const char> bytes);
    // Once, at the end.
    layerer::Sha256 finish();

private:
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> m_context;
};

std::string digestText(const layerer::Sha256 &digest); // "sha256:…"

// CRC-64 (ECMA-182, reflected) of a file's contents, kept in a layer's record. It names the file that
// was altered; the digest of the whole stream is what proves that nothing was.
std::uint64_t addCrc64(std::uint64_t crc, std::span<const char> bytes);

} // namespace berth

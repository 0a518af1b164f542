// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "layerer/checksum.h"

#include <isa-l/crc64.h>

namespace berth {

Sha256Hash::Sha256Hash() : m_context(EVP_MD_CTX_new(), &EVP_MD_CTX_free)
{
    EVP_DigestInit_ex(m_context.get(), EVP_sha256(), nullptr);
}

void Sha256Hash::add(std::span<const char> bytes) { EVP_DigestUpdate(m_context.get(), bytes.data(), bytes.size()); }

layerer::Sha256 Sha256Hash::finish()
{
    layerer::Sha256 digest{};
    EVP_DigestFinal_ex(m_context.get(), digest.data(), nullptr);
    return digest;
}

std::string digestText(const layerer::Sha256 &digest)
{
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string text = "sha256:";
    for (const unsigned char byte : digest) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

std::uint64_t addCrc64(std::uint64_t crc, std::span<const char> bytes)
{
    return crc64_ecma_refl(crc, reinterpret_cast<const unsigned char *>(bytes.data()), bytes.size());
}

} // namespace berth

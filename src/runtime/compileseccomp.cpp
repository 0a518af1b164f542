// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Runs while Berth is built: turns the list in seccomplist.h into the program for the kernel, as a
// C++ array. Containers then start without libseccomp and without compiling anything.
#include "runtime/seccomplist.h"

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using berth::seccomp::allowedCalls;
using berth::seccomp::missingCalls;

[[noreturn]] void stop(const char *what, int error)
{
    std::fprintf(stderr, "compileseccomp: %s: %s\n", what, std::strerror(error));
    std::exit(1);
}

void require(int result, const char *what)
{
    if (result < 0)
        stop(what, -result);
}

// libseccomp answers -EDOM when a rule cannot exist on one of the filter's architectures; an unknown
// name is a call of a newer kernel than the library knows, and stays refused.
void addRule(scmp_filter_ctx filter, std::uint32_t action, const char *name)
{
    const int call = seccomp_syscall_resolve_name(name);
    if (call == __NR_SCMP_ERROR)
        return;
    require(seccomp_rule_add(filter, action, call, 0), name);
}

void writeInstruction(std::FILE *output, const sock_filter &instruction)
{
    std::fprintf(output, "    {%u, %u, %u, %uU},\n", instruction.code, instruction.jt, instruction.jf, instruction.k);
}

void addSocketRules(scmp_filter_ctx filter)
{
    for (const int family : berth::seccomp::socketFamilies) {
        const scmp_arg_cmp cmp = SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(family));
        require(seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(socket), 1, cmp), "socket");
    }
    // The kernel looks at the low 32 bits of the protocol only, so "not equal" must not see more: the
    // protocol differs from XFRM in one of these bits.
    constexpr std::uint64_t xfrm = berth::seccomp::netlinkXfrm;
    for (std::uint64_t bit = 1; bit <= 0x80000000U; bit <<= 1) {
        const scmp_arg_cmp netlink[] = {SCMP_A0(SCMP_CMP_EQ, AF_NETLINK), SCMP_A2(SCMP_CMP_MASKED_EQ, bit, ~xfrm & bit)};
        require(seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(socket), 2, netlink), "socket");
    }
    const scmp_arg_cmp notSocket = SCMP_A0(SCMP_CMP_NE, 1 /* SYS_SOCKET */);
    require(seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(socketcall), 1, notSocket), "socketcall");
}

// The old multiplexer of 32-bit x86 hides its arguments behind a pointer, which a filter cannot follow,
// so making a socket through it is refused; programs that call socket directly may have theirs. libseccomp
// turns each rule for the direct call into one that allows the multiplexer, whatever the family; this
// stands in front of what it makes.
void writeMultiplexerRule(std::FILE *output)
{
#if defined(__x86_64__)
    constexpr sock_filter rule[] = {BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_I386, 0, 5),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 102 /* socketcall */, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args)), // its low half
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 1 /* SYS_SOCKET */, 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)};
    for (const auto &instruction : rule)
        writeInstruction(output, instruction);
#endif
}

// Under an allow-list two requests of ioctl can only be refused by allowing all others, and libseccomp
// cannot say "not equal" twice. So: a request is allowed when it differs from both in a bit that they
// share, or has one of the other patterns in the bits where they differ. Only the low 32 bits count,
// because the kernel looks at no more.
void addIoctlRules(scmp_filter_ctx filter)
{
    constexpr std::uint64_t first = berth::seccomp::ioctlTiocsti;
    constexpr std::uint64_t second = berth::seccomp::ioctlTioclinux;
    constexpr std::uint64_t differing = first ^ second;
    const auto allow = [filter](std::uint64_t mask, std::uint64_t value) {
        const scmp_arg_cmp cmp = SCMP_A1(SCMP_CMP_MASKED_EQ, mask, value);
        require(seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1, cmp), "ioctl");
    };
    for (std::uint64_t bit = 1; bit <= 0x80000000U; bit <<= 1) {
        if (!(differing & bit))
            allow(bit, ~first & bit);
    }
    // Counts through the subsets of the differing bits.
    for (std::uint64_t pattern = differing;; pattern = (pattern - 1) & differing) {
        if (pattern != (first & differing) && pattern != (second & differing))
            allow(differing, pattern);
        if (pattern == 0)
            break;
    }
}

void addArgumentRules(scmp_filter_ctx filter)
{
    addSocketRules(filter);
    const scmp_arg_cmp noNamespaces = SCMP_A0(SCMP_CMP_MASKED_EQ, berth::seccomp::namespaceFlags, 0);
    require(seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1, noNamespaces), "clone");
    for (const auto persona : berth::seccomp::personalities) {
        const scmp_arg_cmp cmp = SCMP_A0(SCMP_CMP_EQ, persona);
        require(seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(personality), 1, cmp), "personality");
    }
    addIoctlRules(filter);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2)
        stop("usage: compileseccomp OUTPUT", EINVAL);
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (!filter)
        stop("seccomp_init", ENOMEM);
#if defined(__x86_64__)
    require(seccomp_arch_add(filter, SCMP_ARCH_X86), "x86");
#elif defined(__aarch64__)
    require(seccomp_arch_add(filter, SCMP_ARCH_ARM), "arm");
#endif
    require(seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2), "optimize");
    require(seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_ERRNO(ENOSYS)), "badarch");
    require(seccomp_attr_set(filter, SCMP_FLTATR_CTL_NNP, 0), "nnp");
    for (const char *name : allowedCalls)
        addRule(filter, SCMP_ACT_ALLOW, name);
    for (const char *name : missingCalls)
        addRule(filter, SCMP_ACT_ERRNO(ENOSYS), name);
    addArgumentRules(filter);

    std::FILE *program = std::tmpfile();
    std::FILE *output = std::fopen(argv[1], "w");
    if (!program || !output)
        stop(argv[1], errno);
    require(seccomp_export_bpf(filter, fileno(program)), "export");
    std::rewind(program);
    std::fputs("// Made by compileseccomp from runtime/seccomplist.h.\n"
               "#include \"runtime/seccomp.h\"\n\n#include <linux/filter.h>\n\n"
               "namespace berth {\nnamespace {\nconstexpr sock_filter program[] = {\n",
        output);
    writeMultiplexerRule(output);
    sock_filter instruction;
    while (std::fread(&instruction, sizeof instruction, 1, program) == 1)
        writeInstruction(output, instruction);
    std::fputs("};\n} // namespace\n\nstd::span<const sock_filter> seccompProgram() { return program; }\n\n"
               "} // namespace berth\n",
        output);
    seccomp_release(filter);
    return std::fclose(output) == 0 ? 0 : 1;
}

// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/language.h"

namespace berth {
namespace {

// What help and the console say themselves, sorted.
constexpr Translation texts[] = {
    {"Aliases:", "다른 이름:"},
    {"At this prompt:", "이 프롬프트에서:"},
    {"Berth {}. Tab completes, help explains, Ctrl-D leaves.",
        "Berth {}. Tab은 자동 완성, help는 도움말, Ctrl-D는 나가기입니다."},
    {"Clear the screen", "화면을 지웁니다"},
    {"Commands:", "명령:"},
    {"Common Commands:", "자주 쓰는 명령:"},
    {"Continue the command that Ctrl-Z stopped", "Ctrl-Z로 멈춘 명령을 이어서 실행합니다"},
    {"Ctrl-C         drop the line, or interrupt the running command",
        "Ctrl-C         입력하던 줄을 버리거나 실행 중인 명령을 중단합니다"},
    {"Ctrl-D, exit   leave", "Ctrl-D, exit   나갑니다"},
    {"Enable debug mode", "디버그 모드를 켭니다"},
    {"Example:", "예:"},
    {"Examples:", "예:"},
    {"Global Options:", "공통 옵션:"},
    {"Help about a command", "명령의 도움말"},
    {"Leave this prompt", "이 프롬프트에서 나갑니다"},
    {"Lines of notes can be pasted as they are: 'docker' or 'berth', '$' and comments are understood, and $(ps -aq) too.",
        "메모에 적어 둔 줄을 그대로 붙여 넣을 수 있습니다. 'docker'나 'berth', '$', 주석, $(ps -aq)를 알아듣습니다."},
    {"Management Commands:", "관리 명령:"},
    {"Options:", "옵션:"},
    {"Print usage", "사용법을 출력합니다"},
    {"Print version information and quit", "버전 정보를 출력하고 끝냅니다"},
    {"Right, End     accept the grey rest of a word", "→, End         회색으로 보이는 나머지 글자를 받아들입니다"},
    {"Run 'berth COMMAND --help' for more information on a command.", "명령마다 자세한 설명은 'berth COMMAND --help'로 봅니다."},
    {"Run 'berth {} COMMAND --help' for more information on a command.",
        "명령마다 자세한 설명은 'berth {} COMMAND --help'로 봅니다."},
    {"Run containers without a daemon; a window shows the same as this command",
        "데몬 없이 컨테이너를 실행합니다. 창과 이 명령은 같은 것을 보여 줍니다"},
    {"Set the logging level", "로그 수준을 정합니다"},
    {"Stopped: {}. 'fg' continues it.", "멈춤: {}. 'fg'로 이어서 실행합니다."},
    {"Tab            complete commands, options and names; twice: list them",
        "Tab            명령, 옵션, 이름을 완성합니다. 두 번 누르면 목록을 봅니다"},
    {"There is no {} '{}'. Did you mean '{}'?", "{} '{}'은(는) 없습니다. 혹시 '{}'입니까?"},
    {"Up, Ctrl-R     earlier lines; search them", "↑, Ctrl-R      앞서 입력한 줄을 불러오거나 찾습니다"},
    {"Usage:", "사용법:"},
    {"a quote is not closed", "따옴표가 닫히지 않았습니다"},
    {"clear, fg      clear the screen; continue what Ctrl-Z stopped",
        "clear, fg      화면을 지웁니다. Ctrl-Z로 멈춘 명령을 이어서 실행합니다"},
    {"commands inside commands go {} deep at most", "명령 안의 명령은 {}단계까지만 쓸 수 있습니다"},
    {"container", "컨테이너"},
    {"default", "기본"},
    {"help COMMAND   explain one command, with an example", "help 명령      명령 하나를 예와 함께 설명합니다"},
    {"image", "이미지"},
    {"network", "네트워크"},
    {"nothing is stopped that could continue", "이어서 실행할 멈춘 명령이 없습니다"},
    {"only $NAME and ${{NAME}} are understood of the shell's variables, not ${{{}}}",
        "셸 변수는 $이름과 ${{이름}}만 쓸 수 있고 ${{{}}}은(는) 쓸 수 없습니다"},
    {"the history cannot be kept: {}", "명령 기록을 남길 수 없습니다: {}"},
    {"this prompt runs berth commands only, and '{}' is none; other programs need a shell (Ctrl-D leaves)",
        "이 프롬프트는 berth 명령만 실행합니다. '{}'은(는) berth 명령이 아니므로 셸에서 실행하십시오(나가기: Ctrl-D)"},
    {"this prompt runs berth commands only; it has no '{}'. Pipes, redirections and other programs need a shell",
        "이 프롬프트는 berth 명령만 실행하므로 '{}'을(를) 쓸 수 없습니다. 파이프와 리디렉션, 다른 프로그램은 셸에서 쓰십시오"},
    {"volume", "볼륨"},
    {"write $(command) instead of `command`", "`명령` 대신 $(명령)으로 쓰십시오"},
    {"{} possibilities; type more letters", "후보가 {}개 있습니다. 글자를 더 입력하십시오"},
};

} // namespace

std::span<const Translation> koreanConsoleTexts() { return texts; }

} // namespace berth

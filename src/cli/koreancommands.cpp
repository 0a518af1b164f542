// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/language.h"

namespace berth {
namespace {

// Summaries of commands and groups, sorted.
constexpr Translation texts[] = {
    {"Attach local standard input, output, and error streams to a running container",
        "실행 중인 컨테이너의 표준 입력과 출력, 오류에 연결합니다"},
    {"Block until one or more containers stop, then print their exit codes",
        "컨테이너가 끝날 때까지 기다린 뒤 종료 코드를 출력합니다"},
    {"Connect a container to a network", "컨테이너를 네트워크에 연결합니다"},
    {"Copy files/folders between a container and the local filesystem", "컨테이너와 이 컴퓨터 사이에 파일이나 폴더를 복사합니다"},
    {"Create a network", "네트워크를 만듭니다"},
    {"Create a new container", "새 컨테이너를 만듭니다"},
    {"Create a new image from a container's changes", "컨테이너에서 바뀐 내용으로 새 이미지를 만듭니다"},
    {"Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE", "원본 이미지를 가리키는 새 이름(태그)을 만듭니다"},
    {"Create a volume", "볼륨을 만듭니다"},
    {"Create and run a new container from an image", "이미지로 새 컨테이너를 만들어 실행합니다"},
    {"Disconnect a container from a network", "컨테이너를 네트워크에서 분리합니다"},
    {"Display a live stream of container(s) resource usage statistics",
        "컨테이너가 쓰는 CPU, 메모리, 네트워크, 디스크를 실시간으로 봅니다"},
    {"Display detailed information on one or more containers", "컨테이너의 자세한 정보를 봅니다"},
    {"Display detailed information on one or more images", "이미지의 자세한 정보를 봅니다"},
    {"Display detailed information on one or more networks", "네트워크의 자세한 정보를 봅니다"},
    {"Display detailed information on one or more volumes", "볼륨의 자세한 정보를 봅니다"},
    {"Display system-wide information", "시스템 전체의 정보를 봅니다"},
    {"Display the running processes of a container", "컨테이너 안에서 실행 중인 프로세스를 봅니다"},
    {"Execute a command in a running container", "실행 중인 컨테이너에서 명령을 실행합니다"},
    {"Export a container's filesystem as a tar archive", "컨테이너의 파일 시스템을 tar 아카이브로 내보냅니다"},
    {"Fetch the logs of a container", "컨테이너의 로그를 봅니다"},
    {"Get real time events from the engine", "일어나는 일을 실시간으로 봅니다"},
    {"Get real time events from the server", "일어나는 일을 실시간으로 봅니다"},
    {"Import the contents from a tarball to create a filesystem image", "tar 파일의 내용으로 이미지를 만듭니다"},
    {"Inspect changes to files or directories on a container's filesystem",
        "컨테이너의 파일 시스템에서 바뀐 파일과 폴더를 봅니다"},
    {"Kill one or more running containers", "실행 중인 컨테이너를 강제 종료합니다"},
    {"List containers", "컨테이너 목록을 봅니다"},
    {"List images", "이미지 목록을 봅니다"},
    {"List networks", "네트워크 목록을 봅니다"},
    {"List port mappings or a specific mapping for the container", "컨테이너의 포트 연결을 봅니다"},
    {"List volumes", "볼륨 목록을 봅니다"},
    {"Load an image from a tar archive or STDIN", "tar 아카이브나 표준 입력에서 이미지를 불러옵니다"},
    {"Manage Berth", "Berth를 관리합니다"},
    {"Manage containers", "컨테이너를 관리합니다"},
    {"Manage images", "이미지를 관리합니다"},
    {"Manage networks", "네트워크를 관리합니다"},
    {"Manage volumes", "볼륨을 관리합니다"},
    {"Pause all processes within one or more containers", "컨테이너의 모든 프로세스를 일시 정지합니다"},
    {"Remove all stopped containers", "멈춘 컨테이너를 모두 삭제합니다"},
    {"Remove all unused networks", "쓰지 않는 네트워크를 모두 삭제합니다"},
    {"Remove one or more containers", "컨테이너를 삭제합니다"},
    {"Remove one or more images", "이미지를 삭제합니다"},
    {"Remove one or more networks", "네트워크를 삭제합니다"},
    {"Remove one or more volumes", "볼륨을 삭제합니다"},
    {"Remove one or more volumes. You cannot remove a volume that is in use by a container.",
        "볼륨을 삭제합니다. 컨테이너가 쓰는 볼륨은 삭제할 수 없습니다"},
    {"Remove unused data", "쓰지 않는 데이터를 삭제합니다"},
    {"Remove unused images", "쓰지 않는 이미지를 삭제합니다"},
    {"Remove unused local volumes", "쓰지 않는 볼륨을 삭제합니다"},
    {"Rename a container", "컨테이너의 이름을 바꿉니다"},
    {"Restart one or more containers", "컨테이너를 다시 시작합니다"},
    {"Return low-level information on Berth objects", "컨테이너, 이미지, 볼륨의 자세한 정보를 봅니다"},
    {"Save one or more images to a tar archive (streamed to STDOUT by default)",
        "이미지를 tar 아카이브로 저장합니다(기본은 표준 출력)"},
    {"Show Berth disk usage", "디스크 사용량을 봅니다"},
    {"Show Berth's disk usage", "디스크 사용량을 봅니다"},
    {"Show docker disk usage", "디스크 사용량을 봅니다"},
    {"Show the Berth version information", "Berth의 버전 정보를 봅니다"},
    {"Show the history of an image", "이미지가 만들어진 과정을 봅니다"},
    {"Start one or more stopped containers", "멈춘 컨테이너를 시작합니다"},
    {"Stop one or more running containers", "실행 중인 컨테이너를 중지합니다"},
    {"Unpause all processes within one or more containers", "일시 정지한 컨테이너를 재개합니다"},
    {"Update configuration of one or more containers", "컨테이너의 설정을 바꿉니다"},
};

} // namespace

std::span<const Translation> koreanCommandTexts() { return texts; }

} // namespace berth

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR">
<context>
    <name>DetailRows</name>
    <message>
        <source>Created</source>
        <translation>만든 때</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>단계</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>The image does not say how it was made.</source>
        <translation>이 이미지에는 만들어진 과정이 적혀 있지 않습니다.</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>변경</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>경로</translation>
    </message>
    <message>
        <source>Nothing differs from its image.</source>
        <translation>이미지와 다른 점이 없습니다.</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>추가됨</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>삭제됨</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>바뀜</translation>
    </message>
</context>
<context>
    <name>ExitExplanation</name>
    <message>
        <source>Ended by SIGHUP: its terminal went away.</source>
        <translation>SIGHUP으로 끝났습니다. 터미널이 사라졌습니다.</translation>
    </message>
    <message>
        <source>Ended by SIGINT, as Ctrl+C sends it.</source>
        <translation>SIGINT로 끝났습니다. Ctrl+C가 보내는 신호입니다.</translation>
    </message>
    <message>
        <source>Ended by SIGQUIT.</source>
        <translation>SIGQUIT으로 끝났습니다.</translation>
    </message>
    <message>
        <source>Ended by SIGKILL: it was killed, or it did not stop within the grace time.</source>
        <translation>SIGKILL로 끝났습니다. 강제로 종료되었거나 유예 시간 안에 멈추지 않았습니다.</translation>
    </message>
    <message>
        <source>Ended by SIGSEGV: the program crashed on a bad memory access.</source>
        <translation>SIGSEGV로 끝났습니다. 프로그램이 잘못된 메모리에 접근하여 비정상 종료되었습니다.</translation>
    </message>
    <message>
        <source>Ended by SIGABRT: the program gave up on an internal error.</source>
        <translation>SIGABRT로 끝났습니다. 프로그램이 내부 오류로 스스로 중단했습니다.</translation>
    </message>
    <message>
        <source>Ended by SIGTERM, the polite request that Stop sends.</source>
        <translation>SIGTERM으로 끝났습니다. ‘중지’가 보내는 종료 요청입니다.</translation>
    </message>
    <message>
        <source>Ended by signal %1.</source>
        <translation>신호 %1(으)로 끝났습니다.</translation>
    </message>
    <message>
        <source>Its main program finished without an error, so the container ended.</source>
        <translation>주 프로그램이 오류 없이 끝나서 컨테이너도 끝났습니다.</translation>
    </message>
    <message>
        <source>Its main program reported an error. The last lines of the log usually say which.</source>
        <translation>주 프로그램이 오류를 보고했습니다. 보통 로그의 마지막 줄에 이유가 있습니다.</translation>
    </message>
    <message>
        <source>Its main program reported wrong usage, often a mistyped option.</source>
        <translation>주 프로그램이 사용법 오류를 보고했습니다. 옵션을 잘못 입력한 경우가 많습니다.</translation>
    </message>
    <message>
        <source>The engine could not start it.</source>
        <translation>엔진이 시작하지 못했습니다.</translation>
    </message>
    <message>
        <source>The command was found in the image and could not be executed.</source>
        <translation>이미지에 명령이 있지만 실행할 수 없었습니다.</translation>
    </message>
    <message>
        <source>The command was not found in the image.</source>
        <translation>이미지에서 명령을 찾지 못했습니다.</translation>
    </message>
    <message>
        <source>Its main program ended with code %1; what that means is up to the program.</source>
        <translation>주 프로그램이 코드 %1(으)로 끝났습니다. 그 뜻은 프로그램마다 다릅니다.</translation>
    </message>
    <message>
        <source>The kernel ended it because it used more memory than it may.</source>
        <translation>허용된 것보다 많은 메모리를 써서 커널이 종료했습니다.</translation>
    </message>
</context>
<context>
    <name>ExitMeaning</name>
    <message>
        <source>its terminal was closed (SIGHUP)</source>
        <translation>터미널이 닫혔습니다(SIGHUP)</translation>
    </message>
    <message>
        <source>it was interrupted, as by Ctrl+C (SIGINT)</source>
        <translation>Ctrl+C처럼 중단되었습니다(SIGINT)</translation>
    </message>
    <message>
        <source>it was asked to quit, as by Ctrl+\ (SIGQUIT)</source>
        <translation>Ctrl+\처럼 종료 요청을 받았습니다(SIGQUIT)</translation>
    </message>
    <message>
        <source>it gave up because of an error of its own (SIGABRT)</source>
        <translation>자체 오류로 스스로 중단했습니다(SIGABRT)</translation>
    </message>
    <message>
        <source>it was killed (SIGKILL): by somebody, with its container, or because memory ran out</source>
        <translation>강제 종료되었습니다(SIGKILL). 누군가 종료했거나, 컨테이너와 함께 끝났거나, 메모리가 부족했습니다</translation>
    </message>
    <message>
        <source>it crashed on a wrong memory address (SIGSEGV)</source>
        <translation>잘못된 메모리 주소로 비정상 종료되었습니다(SIGSEGV)</translation>
    </message>
    <message>
        <source>nobody read its output any more (SIGPIPE)</source>
        <translation>출력을 읽는 쪽이 없어졌습니다(SIGPIPE)</translation>
    </message>
    <message>
        <source>it was asked to stop (SIGTERM)</source>
        <translation>중지 요청을 받았습니다(SIGTERM)</translation>
    </message>
    <message>
        <source>signal %1 (SIG%2) ended it</source>
        <translation>신호 %1(SIG%2)(으)로 끝났습니다</translation>
    </message>
    <message>
        <source>the program&apos;s own code</source>
        <translation>프로그램이 정한 코드입니다</translation>
    </message>
    <message>
        <source>success</source>
        <translation>성공</translation>
    </message>
    <message>
        <source>the program reports an error</source>
        <translation>프로그램이 오류를 보고했습니다</translation>
    </message>
    <message>
        <source>Berth could not do it; the last lines say why</source>
        <translation>Berth가 하지 못했습니다. 마지막 줄에 이유가 있습니다</translation>
    </message>
    <message>
        <source>the program was found and cannot be executed</source>
        <translation>프로그램을 찾았지만 실행할 수 없습니다</translation>
    </message>
    <message>
        <source>the program was not found in the container</source>
        <translation>컨테이너에서 프로그램을 찾지 못했습니다</translation>
    </message>
    <message>
        <source>Ended with exit code %1: %2.</source>
        <translation>종료 코드 %1: %2.</translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>Status</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>끝난 이유</translation>
    </message>
    <message>
        <source>Last problem</source>
        <translation>마지막 문제</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>명령</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>만든 때</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>시작한 때</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>끝난 때</translation>
    </message>
    <message>
        <source>Process on this machine</source>
        <translation>이 컴퓨터의 프로세스</translation>
    </message>
    <message>
        <source>User</source>
        <translation>사용자</translation>
    </message>
    <message>
        <source>Working folder</source>
        <translation>작업 폴더</translation>
    </message>
    <message>
        <source>Mounts</source>
        <translation>마운트</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>환경 변수</translation>
    </message>
    <message>
        <source>Removed when it ends</source>
        <translation>끝나면 삭제</translation>
    </message>
    <message>
        <source>yes (--rm)</source>
        <translation>예(--rm)</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message numerus="yes">
        <source>%1 in %n layer(s)</source>
        <translation>
            <numerusform>%1, 레이어 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Built for</source>
        <translation>대상 플랫폼</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>사용 중</translation>
    </message>
    <message>
        <source>no container</source>
        <translation>컨테이너 없음</translation>
    </message>
    <message numerus="yes">
        <source>%n container(s)</source>
        <translation>
            <numerusform>컨테이너 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Entry point</source>
        <translation>진입점</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>포트</translation>
    </message>
    <message>
        <source>Volumes</source>
        <translation>볼륨</translation>
    </message>
    <message>
        <source>Author</source>
        <translation>만든 사람</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>anonymous: it goes with its container, or when you clean up</source>
        <translation>익명: 컨테이너와 함께 또는 정리할 때 사라집니다</translation>
    </message>
    <message>
        <source>named: it stays until you remove it</source>
        <translation>이름 있음: 직접 삭제할 때까지 남습니다</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>아직 재지 않음</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>레이블</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>Restart policy</source>
        <translation>다시 시작 정책</translation>
    </message>
</context>
<context>
    <name>FigureText</name>
    <message>
        <source>n/a</source>
        <translation>알 수 없음</translation>
    </message>
</context>
<context>
    <name>Language</name>
    <message>
        <source>English</source>
        <extracomment>The name of the language of this translation in English</extracomment>
        <translation>Korean</translation>
    </message>
</context>
<context>
    <name>NameProblem</name>
    <message>
        <source>Another container is already called “%1”.</source>
        <translation>“%1”이라는 컨테이너가 이미 있습니다.</translation>
    </message>
    <message>
        <source>A name needs at least two characters.</source>
        <translation>이름은 두 글자 이상이어야 합니다.</translation>
    </message>
    <message>
        <source>A name starts with a letter or digit and goes on with letters, digits, “_”, “.” or “-”.</source>
        <translation>이름은 영문자나 숫자로 시작하고 영문자, 숫자, “_”, “.”, “-”만 쓸 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>PlotScale</name>
    <message>
        <source>now</source>
        <translation>지금</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>%1분 전</translation>
    </message>
    <message>
        <source>%1 min %2 s ago</source>
        <translation>%1분 %2초 전</translation>
    </message>
    <message>
        <source>%1 s ago</source>
        <translation>%1초 전</translation>
    </message>
</context>
<context>
    <name>Reason</name>
    <message>
        <source>It was cancelled.</source>
        <translation>취소되었습니다.</translation>
    </message>
    <message>
        <source>Something that was given is not valid.</source>
        <translation>입력한 값이 올바르지 않습니다.</translation>
    </message>
    <message>
        <source>Something that is needed was not found.</source>
        <translation>필요한 것을 찾지 못했습니다.</translation>
    </message>
    <message>
        <source>The name is taken.</source>
        <translation>이미 쓰이는 이름입니다.</translation>
    </message>
    <message>
        <source>Its present state does not allow it.</source>
        <translation>지금 상태에서는 할 수 없습니다.</translation>
    </message>
    <message>
        <source>The system does not permit it.</source>
        <translation>시스템이 허용하지 않습니다.</translation>
    </message>
    <message>
        <source>A part of Berth that is needed does not answer.</source>
        <translation>Berth의 필요한 부분이 응답하지 않습니다.</translation>
    </message>
    <message>
        <source>The data is damaged or not of the expected form.</source>
        <translation>데이터가 손상되었거나 예상한 형식이 아닙니다.</translation>
    </message>
    <message>
        <source>The disk is full. Nothing is lost; free some space and try again.</source>
        <translation>디스크가 가득 찼습니다. 잃은 것은 없으니 공간을 비우고 다시 하십시오.</translation>
    </message>
    <message>
        <source>Berth cannot do this yet.</source>
        <translation>Berth가 아직 지원하지 않습니다.</translation>
    </message>
    <message>
        <source>The command is in the image and cannot be executed.</source>
        <translation>이미지에 명령이 있지만 실행할 수 없습니다.</translation>
    </message>
    <message>
        <source>The command was not found in the image.</source>
        <translation>이미지에서 명령을 찾지 못했습니다.</translation>
    </message>
    <message>
        <source>Something unexpected happened.</source>
        <translation>예상하지 못한 일이 일어났습니다.</translation>
    </message>
</context>
<context>
    <name>RelativeTime</name>
    <message>
        <source>just now</source>
        <translation>방금</translation>
    </message>
    <message numerus="yes">
        <source>%n second(s) ago</source>
        <translation>
            <numerusform>%n초 전</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n분 전</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>%n시간 전</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n일 전</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n week(s) ago</source>
        <translation>
            <numerusform>%n주 전</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n month(s) ago</source>
        <translation>
            <numerusform>%n개월 전</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n year(s) ago</source>
        <translation>
            <numerusform>%n년 전</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Created</source>
        <translation>만들어짐</translation>
    </message>
    <message>
        <source>Running, started %1</source>
        <translation>실행 중(%1 시작)</translation>
    </message>
    <message>
        <source>Paused, started %1</source>
        <translation>일시 정지됨(%1 시작)</translation>
    </message>
    <message>
        <source>Restarting, ended with %1 %2</source>
        <translation>다시 시작하는 중(코드 %1, %2 끝남)</translation>
    </message>
    <message>
        <source>Being removed</source>
        <translation>삭제하는 중</translation>
    </message>
    <message>
        <source>Exited (%1) %2</source>
        <translation>종료됨(%1), %2</translation>
    </message>
    <message>
        <source>Dead</source>
        <translation>비정상</translation>
    </message>
</context>
<context>
    <name>berth::CleanUpDialog</name>
    <message>
        <source>Clean up</source>
        <translation>정리</translation>
    </message>
    <message>
        <source>Only what is ticked is deleted. It cannot be undone.</source>
        <translation>선택한 것만 삭제됩니다. 되돌릴 수 없습니다.</translation>
    </message>
    <message>
        <source>&amp;Show what is</source>
        <translation>보기(&amp;S)</translation>
    </message>
    <message>
        <source>Volumes are shown whatever their age.</source>
        <translation>볼륨은 만든 때와 관계없이 보입니다.</translation>
    </message>
    <message>
        <source>What could be deleted</source>
        <translation>삭제할 수 있는 것</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>만든 때</translation>
    </message>
    <message>
        <source>Frees</source>
        <translation>확보</translation>
    </message>
    <message>
        <source>The same as a command</source>
        <translation>같은 일을 하는 명령</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>명령 복사</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>of any age</source>
        <translation>모든 때</translation>
    </message>
    <message>
        <source>older than a day</source>
        <translation>하루보다 오래된 것</translation>
    </message>
    <message>
        <source>older than a week</source>
        <translation>일주일보다 오래된 것</translation>
    </message>
    <message>
        <source>older than 30 days</source>
        <translation>30일보다 오래된 것</translation>
    </message>
    <message>
        <source>Stopped containers (%1)</source>
        <translation>멈춘 컨테이너 (%1)</translation>
    </message>
    <message>
        <source>Images without a name (%1)</source>
        <translation>이름 없는 이미지 (%1)</translation>
    </message>
    <message>
        <source>Images that no container uses (%1)</source>
        <translation>컨테이너가 쓰지 않는 이미지 (%1)</translation>
    </message>
    <message>
        <source>Volumes without a name that no container uses (%1)</source>
        <translation>컨테이너가 쓰지 않는 이름 없는 볼륨 (%1)</translation>
    </message>
    <message>
        <source>Named volumes that no container uses (%1)</source>
        <translation>컨테이너가 쓰지 않는 이름 있는 볼륨 (%1)</translation>
    </message>
    <message>
        <source>Looking for what could go, and measuring it…</source>
        <translation>정리할 수 있는 것을 찾고 크기를 재는 중…</translation>
    </message>
    <message>
        <source>There is nothing to clean up: no stopped container, no unused image, no unused volume.</source>
        <translation>정리할 것이 없습니다. 멈춘 컨테이너도, 쓰이지 않는 이미지나 볼륨도 없습니다.</translation>
    </message>
    <message>
        <source>used by %1</source>
        <translation>%1이(가) 사용 중</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1바이트</translation>
    </message>
    <message>
        <source>%1 bytes of what is ticked</source>
        <translation>선택한 것 %1바이트</translation>
    </message>
    <message>
        <source>Frees %1</source>
        <translation>%1 확보</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n item(s)</source>
        <translation>
            <numerusform>%n개 삭제</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>berth::Cleaning</name>
    <message numerus="yes">
        <source>%n container(s)</source>
        <translation>
            <numerusform>컨테이너 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>이미지 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n volume(s)</source>
        <translation>
            <numerusform>볼륨 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete the volume “%1” as well?</source>
        <translation>“%1” 볼륨도 삭제할까요?</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n named volumes as well?</source>
        <translation>
            <numerusform>이름 있는 볼륨 %n개도 삭제할까요?</numerusform>
        </translation>
    </message>
    <message>
        <source>The files in named volumes are deleted for good: %1.</source>
        <translation>이름 있는 볼륨의 파일이 완전히 삭제됩니다: %1.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Cleaning up</source>
        <translation>정리 중</translation>
    </message>
    <message>
        <source>Nothing could be cleaned up.</source>
        <translation>아무것도 정리하지 못했습니다.</translation>
    </message>
    <message>
        <source>Nothing was deleted.</source>
        <translation>아무것도 삭제하지 않았습니다.</translation>
    </message>
    <message>
        <source>Deleted %1; %2 are free again.</source>
        <translation>%1를 삭제하여 %2를 확보했습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) were kept.</source>
        <translation>
            <numerusform>%n개는 남겨 두었습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>It was cancelled.</source>
        <translation>취소되었습니다.</translation>
    </message>
</context>
<context>
    <name>berth::CommandStrip</name>
    <message>
        <source>The same as a command:</source>
        <translation>같은 명령:</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>명령 복사</translation>
    </message>
</context>
<context>
    <name>berth::CommitDialog</name>
    <message>
        <source>Make an image</source>
        <translation>이미지 만들기</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>이름(&amp;N)</translation>
    </message>
    <message>
        <source>repository:tag; empty: none</source>
        <translation>저장소:태그, 비워 두면 이름 없음</translation>
    </message>
    <message>
        <source>&amp;Message</source>
        <translation>설명(&amp;M)</translation>
    </message>
    <message>
        <source>what was changed</source>
        <translation>무엇을 바꾸었는지</translation>
    </message>
    <message>
        <source>&amp;Author</source>
        <translation>작성자(&amp;A)</translation>
    </message>
    <message>
        <source>Name &lt;mail@example.org&gt;</source>
        <translation>이름 &lt;mail@example.org&gt;</translation>
    </message>
    <message>
        <source>&amp;Pause the container while its files are read</source>
        <translation>파일을 읽는 동안 컨테이너 일시 정지(&amp;P)</translation>
    </message>
    <message>
        <source>The same as a command</source>
        <translation>같은 일을 하는 명령</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>명령 복사</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Make the image</source>
        <translation>이미지 만들기</translation>
    </message>
    <message>
        <source>Make an image of “%1”</source>
        <translation>“%1”(으)로 이미지 만들기</translation>
    </message>
    <message>
        <source>A name is made of lower case letters, digits, “.”, “_” and “-”, with “/” between its parts and “:” before the tag.</source>
        <translation>이름은 영문 소문자, 숫자, “.”, “_”, “-”로 이루어지며 부분 사이에는 “/”, 태그 앞에는 “:”을 씁니다.</translation>
    </message>
</context>
<context>
    <name>berth::ConfirmDialog</name>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>berth::ConsolePage</name>
    <message>
        <source>Console</source>
        <translation>콘솔</translation>
    </message>
    <message>
        <source>Type Docker&apos;s commands as you know them, such as run -it redis or ps -a. Tab completes, help explains.</source>
        <translation>run -it redis나 ps -a처럼 알고 있는 Docker 명령을 그대로 입력하세요. Tab은 자동 완성, help는 설명입니다.</translation>
    </message>
    <message>
        <source>&amp;Open the console again</source>
        <translation>콘솔 다시 열기(&amp;O)</translation>
    </message>
</context>
<context>
    <name>berth::ContainerActions</name>
    <message>
        <source>Starting…</source>
        <translation>시작하는 중…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>중지하는 중…</translation>
    </message>
    <message>
        <source>Killing…</source>
        <translation>강제 종료하는 중…</translation>
    </message>
    <message>
        <source>Restarting…</source>
        <translation>다시 시작하는 중…</translation>
    </message>
    <message>
        <source>Pausing…</source>
        <translation>일시 정지하는 중…</translation>
    </message>
    <message>
        <source>Unpausing…</source>
        <translation>재개하는 중…</translation>
    </message>
    <message>
        <source>Removing…</source>
        <translation>삭제하는 중…</translation>
    </message>
    <message>
        <source>“%1” could not be started.</source>
        <translation>“%1”을(를) 시작하지 못했습니다.</translation>
    </message>
    <message>
        <source>“%1” could not be stopped.</source>
        <translation>“%1”을(를) 중지하지 못했습니다.</translation>
    </message>
    <message>
        <source>“%1” could not be killed.</source>
        <translation>“%1”을(를) 강제 종료하지 못했습니다.</translation>
    </message>
    <message>
        <source>“%1” could not be restarted.</source>
        <translation>“%1”을(를) 다시 시작하지 못했습니다.</translation>
    </message>
    <message>
        <source>“%1” could not be paused.</source>
        <translation>“%1”을(를) 일시 정지하지 못했습니다.</translation>
    </message>
    <message>
        <source>“%1” could not be unpaused.</source>
        <translation>“%1”을(를) 재개하지 못했습니다.</translation>
    </message>
    <message>
        <source>“%1” could not be renamed.</source>
        <translation>“%1”의 이름을 바꾸지 못했습니다.</translation>
    </message>
    <message>
        <source>“%1” could not be removed.</source>
        <translation>“%1”을(를) 삭제하지 못했습니다.</translation>
    </message>
    <message>
        <source>Remove “%1”?</source>
        <translation>“%1”을(를) 삭제할까요?</translation>
    </message>
    <message numerus="yes">
        <source>Remove %n containers?</source>
        <translation>
            <numerusform>컨테이너 %n개를 삭제할까요?</numerusform>
        </translation>
    </message>
    <message>
        <source>What was written inside, and the log, are deleted. Images and named volumes stay.</source>
        <translation>안에 쓴 내용과 로그가 삭제됩니다. 이미지와 이름 있는 볼륨은 남습니다.</translation>
    </message>
    <message>
        <source>What still runs is killed first.</source>
        <translation>아직 실행 중인 것은 먼저 강제 종료됩니다.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>No container could be made of %1.</source>
        <translation>%1(으)로 컨테이너를 만들지 못했습니다.</translation>
    </message>
    <message>
        <source>%1 could not be run.</source>
        <translation>%1을(를) 실행하지 못했습니다.</translation>
    </message>
    <message>
        <source>The restart policy of “%1” could not be changed.</source>
        <translation>“%1”의 다시 시작 정책을 바꾸지 못했습니다.</translation>
    </message>
</context>
<context>
    <name>berth::ContainerModel</name>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>만든 때</translation>
    </message>
    <message>
        <source>Container ID</source>
        <translation>컨테이너 ID</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>명령</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Open a terminal in it</source>
        <translation>터미널 열기</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>More actions</source>
        <translation>다른 동작</translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n개 실행 중</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in total</source>
        <translation>
            <numerusform>모두 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>메모리</translation>
    </message>
    <message>
        <source>This machine does not count the memory of containers.</source>
        <translation>이 컴퓨터는 컨테이너별 메모리를 세지 않습니다.</translation>
    </message>
    <message>
        <source>The sum of its processes, since this machine has no memory controller.</source>
        <translation>이 컴퓨터에 메모리 컨트롤러가 없어 프로세스들의 메모리를 더한 값입니다.</translation>
    </message>
    <message>
        <source>Without cached files that are not in use.</source>
        <translation>쓰이지 않는 파일 캐시는 뺀 값입니다.</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>100% is the whole time of one processor.</source>
        <translation>100%는 프로세서 하나를 온전히 쓰는 것입니다.</translation>
    </message>
</context>
<context>
    <name>berth::ContainersPage</name>
    <message>
        <source>Containers</source>
        <translation>컨테이너</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>가져오기…</translation>
    </message>
    <message>
        <source>Run…</source>
        <translation>실행…</translation>
    </message>
    <message>
        <source>Filter by name, image, ID</source>
        <translation>이름, 이미지, ID로 찾기</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>실행 중</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>멈춤</translation>
    </message>
    <message>
        <source>No containers yet</source>
        <translation>아직 컨테이너가 없습니다</translation>
    </message>
    <message>
        <source>Berth cannot run containers yet</source>
        <translation>아직 컨테이너를 실행할 수 없습니다</translation>
    </message>
    <message>
        <source>No container matches “%1”</source>
        <translation>“%1”에 맞는 컨테이너가 없습니다</translation>
    </message>
    <message>
        <source>No container is running</source>
        <translation>실행 중인 컨테이너가 없습니다</translation>
    </message>
    <message>
        <source>No container is stopped</source>
        <translation>멈춘 컨테이너가 없습니다</translation>
    </message>
    <message>
        <source>A container is a running copy of an image. Choose an image and run it.</source>
        <translation>컨테이너는 이미지를 실행한 것입니다. 이미지를 골라 실행하십시오.</translation>
    </message>
    <message>
        <source>First get an image: drop an archive anywhere on this window, or choose the file.</source>
        <translation>먼저 이미지가 필요합니다. 아카이브를 이 창 아무 곳에나 끌어다 놓거나 파일을 고르십시오.</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>다시 시작</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>Unpause</source>
        <translation>재개</translation>
    </message>
    <message>
        <source>Kill</source>
        <translation>강제 종료</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>이름 바꾸기…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>삭제…</translation>
    </message>
    <message>
        <source>Open terminal…</source>
        <translation>터미널 열기…</translation>
    </message>
    <message>
        <source>Copy ID</source>
        <translation>ID 복사</translation>
    </message>
    <message>
        <source>Make an image…</source>
        <translation>이미지 만들기…</translation>
    </message>
    <message>
        <source>Restart policy…</source>
        <translation>다시 시작 정책…</translation>
    </message>
    <message>
        <source>Export its files…</source>
        <translation>파일 내보내기…</translation>
    </message>
    <message>
        <source>Copy files out…</source>
        <translation>파일 꺼내기…</translation>
    </message>
    <message>
        <source>Copy files in…</source>
        <translation>파일 넣기…</translation>
    </message>
</context>
<context>
    <name>berth::CopyDialog</name>
    <message>
        <source>Copy files</source>
        <translation>파일 복사</translation>
    </message>
    <message>
        <source>&amp;From</source>
        <translation>원본(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;To</source>
        <translation>대상(&amp;T)</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>폴더 선택</translation>
    </message>
    <message>
        <source>The same as a command</source>
        <translation>같은 일을 하는 명령</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>명령 복사</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Copy out of “%1”</source>
        <translation>“%1”에서 꺼내기</translation>
    </message>
    <message>
        <source>a file or folder in the container, such as /etc/hosts</source>
        <translation>컨테이너 안의 파일이나 폴더, 예: /etc/hosts</translation>
    </message>
    <message>
        <source>Copy into “%1”</source>
        <translation>“%1”에 넣기</translation>
    </message>
</context>
<context>
    <name>berth::DetailsPane</name>
    <message>
        <source>Summary</source>
        <translation>요약</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>로그</translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation>상세 정보</translation>
    </message>
    <message>
        <source>Close the details</source>
        <translation>상세 창 닫기</translation>
    </message>
    <message>
        <source>History</source>
        <translation>기록</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>읽는 중…</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>변경</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>프로세스</translation>
    </message>
    <message>
        <source>The container is not running, so it has no processes.</source>
        <translation>컨테이너가 실행 중이 아니어서 프로세스가 없습니다.</translation>
    </message>
    <message>
        <source>Stats</source>
        <translation>사용량</translation>
    </message>
    <message>
        <source>The container is not running, so it uses nothing.</source>
        <translation>컨테이너가 실행 중이 아니어서 쓰는 것이 없습니다.</translation>
    </message>
</context>
<context>
    <name>berth::DropOverlay</name>
    <message>
        <source>Drop to import images</source>
        <translation>놓으면 이미지를 가져옵니다</translation>
    </message>
    <message>
        <source>Archives of docker save, podman save or skopeo: tar, gzip, zstd, xz, bzip2</source>
        <translation>docker save, podman save, skopeo의 아카이브: tar, gzip, zstd, xz, bzip2</translation>
    </message>
    <message>
        <source>Drop to import images, or on a container to copy files into it</source>
        <translation>놓으면 이미지를 가져오고, 컨테이너 위에 놓으면 그 안에 파일을 넣습니다</translation>
    </message>
    <message>
        <source>Drop to copy into “%1”</source>
        <translation>놓으면 “%1”에 넣습니다</translation>
    </message>
</context>
<context>
    <name>berth::EmptyPage</name>
    <message>
        <source>or in a terminal</source>
        <translation>또는 터미널에서</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>명령 복사</translation>
    </message>
</context>
<context>
    <name>berth::EndBar</name>
    <message>
        <source>&amp;Close</source>
        <translation>닫기(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Run again</source>
        <translation>다시 실행(&amp;R)</translation>
    </message>
</context>
<context>
    <name>berth::FileTransfers</name>
    <message>
        <source>It was cancelled.</source>
        <translation>취소되었습니다.</translation>
    </message>
    <message>
        <source>Making an image of %1</source>
        <translation>%1(으)로 이미지를 만드는 중</translation>
    </message>
    <message>
        <source>No image could be made of “%1”.</source>
        <translation>“%1”(으)로 이미지를 만들지 못했습니다.</translation>
    </message>
    <message>
        <source>Made the image %1 of “%2”.</source>
        <translation>“%2”(으)로 이미지 %1을(를) 만들었습니다.</translation>
    </message>
    <message>
        <source>Export the files of “%1”</source>
        <translation>“%1”의 파일 내보내기</translation>
    </message>
    <message>
        <source>Exporting %1</source>
        <translation>%1 내보내는 중</translation>
    </message>
    <message>
        <source>The files of “%1” could not be exported.</source>
        <translation>“%1”의 파일을 내보내지 못했습니다.</translation>
    </message>
    <message>
        <source>Exported the files of “%1” as %2 (%3).</source>
        <translation>“%1”의 파일을 %2에 내보냈습니다(%3).</translation>
    </message>
    <message>
        <source>Copying out of %1</source>
        <translation>%1에서 꺼내는 중</translation>
    </message>
    <message>
        <source>%1 could not be copied.</source>
        <translation>%1을(를) 복사하지 못했습니다.</translation>
    </message>
    <message>
        <source>Copied %1 to %2.</source>
        <translation>%1을(를) %2에 복사했습니다.</translation>
    </message>
    <message>
        <source>Files to copy into “%1”</source>
        <translation>“%1”에 넣을 파일</translation>
    </message>
    <message>
        <source>Copying %1</source>
        <translation>%1 복사 중</translation>
    </message>
    <message>
        <source>Copied %1 to %2 in “%3”.</source>
        <translation>%1을(를) “%3”의 %2에 복사했습니다.</translation>
    </message>
</context>
<context>
    <name>berth::ImageActions</name>
    <message>
        <source>%1 could not be named.</source>
        <translation>%1에 이름을 붙이지 못했습니다.</translation>
    </message>
    <message>
        <source>Save as an archive</source>
        <translation>아카이브로 저장</translation>
    </message>
    <message>
        <source>Archives (*.tar)</source>
        <translation>아카이브 (*.tar)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>모든 파일 (*)</translation>
    </message>
    <message numerus="yes">
        <source>%n images</source>
        <translation>
            <numerusform>이미지 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Saving %1</source>
        <translation>%1 저장 중</translation>
    </message>
    <message>
        <source>Saving %1 was cancelled; no file was written.</source>
        <translation>%1 저장을 취소했습니다. 파일은 만들어지지 않았습니다.</translation>
    </message>
    <message>
        <source>%1 could not be saved.</source>
        <translation>%1을(를) 저장하지 못했습니다.</translation>
    </message>
    <message>
        <source>Saved %1 as %2 (%3).</source>
        <translation>%1을(를) %2에 저장했습니다(%3).</translation>
    </message>
</context>
<context>
    <name>berth::ImageModel</name>
    <message numerus="yes">
        <source>%n image(s), %1</source>
        <translation>
            <numerusform>이미지 %n개, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not used by any container, %1</source>
        <translation>
            <numerusform>어떤 컨테이너도 쓰지 않는 것 %n개, %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Run…</source>
        <translation>실행…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>More actions</source>
        <translation>다른 동작</translation>
    </message>
    <message>
        <source>Repository</source>
        <translation>저장소</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>태그</translation>
    </message>
    <message>
        <source>Image ID</source>
        <translation>이미지 ID</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>만든 때</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>사용 중</translation>
    </message>
    <message>
        <source>not used</source>
        <translation>쓰이지 않음</translation>
    </message>
    <message numerus="yes">
        <source>%n container(s)</source>
        <translation>
            <numerusform>컨테이너 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1바이트</translation>
    </message>
</context>
<context>
    <name>berth::ImageRemoval</name>
    <message>
        <source>Remove “%1”?</source>
        <translation>“%1”을(를) 삭제할까요?</translation>
    </message>
    <message numerus="yes">
        <source>Remove %n images?</source>
        <translation>
            <numerusform>이미지 %n개를 삭제할까요?</numerusform>
        </translation>
    </message>
    <message>
        <source>Only the name goes; the image has another one and stays.</source>
        <translation>이름만 없어집니다. 이미지는 다른 이름이 있어 남습니다.</translation>
    </message>
    <message>
        <source>The image is deleted when this is its last name. Layers that other images use stay.</source>
        <translation>마지막 이름이면 이미지가 삭제됩니다. 다른 이미지가 쓰는 레이어는 남습니다.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>%1 could not be removed.</source>
        <translation>%1을(를) 삭제하지 못했습니다.</translation>
    </message>
    <message>
        <source>Removed the name %1.</source>
        <translation>이름 %1을(를) 없앴습니다.</translation>
    </message>
    <message>
        <source>Removed %1.</source>
        <translation>%1을(를) 삭제했습니다.</translation>
    </message>
</context>
<context>
    <name>berth::ImagesPage</name>
    <message>
        <source>Images</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>가져오기…</translation>
    </message>
    <message>
        <source>Run…</source>
        <translation>실행…</translation>
    </message>
    <message>
        <source>Filter by name or ID</source>
        <translation>이름이나 ID로 찾기</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>사용 중</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>쓰이지 않음</translation>
    </message>
    <message>
        <source>Run a container of this image</source>
        <translation>이 이미지로 컨테이너를 실행합니다</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>삭제…</translation>
    </message>
    <message>
        <source>Berth cannot use its store</source>
        <translation>Berth가 저장소를 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>No image matches “%1”</source>
        <translation>“%1”에 맞는 이미지가 없습니다</translation>
    </message>
    <message>
        <source>No image is in use</source>
        <translation>사용 중인 이미지가 없습니다</translation>
    </message>
    <message>
        <source>Every image is in use</source>
        <translation>모든 이미지가 사용 중입니다</translation>
    </message>
    <message>
        <source>No images yet</source>
        <translation>아직 이미지가 없습니다</translation>
    </message>
    <message>
        <source>Drop an archive of an image anywhere on this window, as docker save, podman save or skopeo write it. Berth keeps its own images, apart from Docker&apos;s.</source>
        <translation>docker save, podman save, skopeo가 만든 이미지 아카이브를 이 창 아무 곳에나 끌어다 놓으십시오. Berth는 Docker와 별도로 이미지를 보관합니다.</translation>
    </message>
    <message>
        <source>Copy name</source>
        <translation>이름 복사</translation>
    </message>
    <message>
        <source>Copy ID</source>
        <translation>ID 복사</translation>
    </message>
    <message>
        <source>Another name…</source>
        <translation>다른 이름 붙이기…</translation>
    </message>
    <message>
        <source>Save as an archive…</source>
        <translation>아카이브로 저장…</translation>
    </message>
</context>
<context>
    <name>berth::ImportCard</name>
    <message>
        <source>Leave this file out</source>
        <translation>이 파일 빼기</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>읽는 중…</translation>
    </message>
    <message>
        <source>an image without a name</source>
        <translation>이름 없는 이미지</translation>
    </message>
    <message>
        <source>Its names are known after it is unpacked.</source>
        <translation>이름은 압축을 푼 뒤에 알 수 있습니다.</translation>
    </message>
    <message>
        <source>not compressed</source>
        <translation>압축 안 됨</translation>
    </message>
    <message numerus="yes">
        <source>%n layer(s)</source>
        <translation>
            <numerusform>레이어 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>all already here</source>
        <translation>모두 이미 있음</translation>
    </message>
    <message numerus="yes">
        <source>%n already here</source>
        <translation>
            <numerusform>%n개 이미 있음</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>berth::ImportDialog</name>
    <message>
        <source>Import images</source>
        <translation>이미지 가져오기</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>파일 추가…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>가져오기</translation>
    </message>
    <message>
        <source>Archives of images</source>
        <translation>이미지 아카이브</translation>
    </message>
    <message numerus="yes">
        <source>Import %n file(s)</source>
        <translation>
            <numerusform>파일 %n개 가져오기</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>berth::Imports</name>
    <message>
        <source>Importing %1</source>
        <translation>%1 가져오는 중</translation>
    </message>
    <message>
        <source>The import of %1 was cancelled; nothing was changed.</source>
        <translation>%1 가져오기를 취소했습니다. 바뀐 것은 없습니다.</translation>
    </message>
    <message>
        <source>%1 could not be imported.</source>
        <translation>%1을(를) 가져오지 못했습니다.</translation>
    </message>
    <message>
        <source>%1 (was here already)</source>
        <translation>%1(이미 있었음)</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1(%2)</translation>
    </message>
    <message numerus="yes">
        <source>%1: %n device node(s) left out; only root can make them.</source>
        <translation>
            <numerusform>%1: 장치 노드 %n개를 뺐습니다. root만 만들 수 있습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %n file(s) now belong to nobody; their owner is outside your range of ids.</source>
        <translation>
            <numerusform>%1: 파일 %n개의 소유자가 nobody가 되었습니다. 원래 소유자가 사용자의 ID 범위 밖에 있습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 named another image before; that one is still here without the name.</source>
        <translation>%1은(는) 전에 다른 이미지의 이름이었습니다. 그 이미지는 이름 없이 남아 있습니다.</translation>
    </message>
    <message>
        <source>Imported %1.</source>
        <translation>%1을(를) 가져왔습니다.</translation>
    </message>
    <message>
        <source>Run…</source>
        <translation>실행…</translation>
    </message>
</context>
<context>
    <name>berth::JsonView</name>
    <message>
        <source>Inspect</source>
        <translation>상세 정보</translation>
    </message>
</context>
<context>
    <name>berth::LifecycleView</name>
    <message>
        <source>Life of a container; now: %1</source>
        <translation>컨테이너의 수명, 지금: %1</translation>
    </message>
</context>
<context>
    <name>berth::ListPage</name>
    <message>
        <source>Clean up…</source>
        <translation>정리…</translation>
    </message>
    <message>
        <source>All</source>
        <translation>전체</translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n개 선택됨</numerusform>
        </translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>필터 지우기</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>모두 보기</translation>
    </message>
</context>
<context>
    <name>berth::ListTable</name>
    <message>
        <source>Fit the widths</source>
        <translation>너비 맞추기</translation>
    </message>
</context>
<context>
    <name>berth::LogView</name>
    <message>
        <source>Search the log</source>
        <translation>로그에서 찾기</translation>
    </message>
    <message>
        <source>Previous match (Shift+Enter)</source>
        <translation>이전 항목(Shift+Enter)</translation>
    </message>
    <message>
        <source>Next match (Enter)</source>
        <translation>다음 항목(Enter)</translation>
    </message>
    <message>
        <source>Show times</source>
        <translation>시각 표시</translation>
    </message>
    <message>
        <source>Wrap long lines</source>
        <translation>긴 줄 바꿈</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>모두 복사</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>로그</translation>
    </message>
    <message>
        <source>no match</source>
        <translation>없음</translation>
    </message>
    <message numerus="yes">
        <source>%n match(es)</source>
        <translation>
            <numerusform>%n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Jump to latest</source>
        <translation>맨 끝으로</translation>
    </message>
    <message numerus="yes">
        <source>Jump to latest · %n new</source>
        <translation>
            <numerusform>맨 끝으로 · 새 줄 %n개</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>berth::MainWindow</name>
    <message>
        <source>Containers</source>
        <translation>컨테이너</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>Terminals</source>
        <translation>터미널</translation>
    </message>
    <message>
        <source>The list of images and containers cannot be read.</source>
        <translation>이미지와 컨테이너 목록을 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>The log cannot be read.</source>
        <translation>로그를 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>Containers cannot be run on this computer yet.</source>
        <translation>이 컴퓨터에서는 아직 컨테이너를 실행할 수 없습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n import(s) will be cancelled; nothing is left of them.</source>
        <translation>
            <numerusform>가져오기 %n개가 취소되고 아무것도 남지 않습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n terminal(s) will be closed.</source>
        <translation>
            <numerusform>터미널 %n개가 닫힙니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n container(s) go on running without the window.</source>
        <translation>
            <numerusform>컨테이너 %n개는 창이 없어도 계속 실행됩니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Close Berth?</source>
        <translation>Berth를 닫을까요?</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Import images…</source>
        <translation>이미지 가져오기…</translation>
    </message>
    <message>
        <source>Run an image…</source>
        <translation>이미지 실행…</translation>
    </message>
    <message>
        <source>Open terminal…</source>
        <translation>터미널 열기…</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>모양</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>About Berth</source>
        <translation>Berth 정보</translation>
    </message>
    <message>
        <source>Berth %1

A container engine with a window. Free software, GPL-3.0-or-later.</source>
        <translation>Berth %1

창이 있는 컨테이너 엔진. 자유 소프트웨어, GPL-3.0-or-later.</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>끝내기</translation>
    </message>
    <message>
        <source>Show containers</source>
        <translation>컨테이너 보기</translation>
    </message>
    <message>
        <source>Show images</source>
        <translation>이미지 보기</translation>
    </message>
    <message>
        <source>Show terminals</source>
        <translation>터미널 보기</translation>
    </message>
    <message>
        <source>Filter the list</source>
        <translation>목록에서 찾기</translation>
    </message>
    <message>
        <source>Close the terminal</source>
        <translation>터미널 닫기</translation>
    </message>
    <message>
        <source>Open the menu</source>
        <translation>메뉴 열기</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>데스크톱 설정대로</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>Console</source>
        <translation>콘솔</translation>
    </message>
    <message>
        <source>Show the console</source>
        <translation>콘솔 보기</translation>
    </message>
    <message>
        <source>Volumes</source>
        <translation>볼륨</translation>
    </message>
    <message>
        <source>Create a volume…</source>
        <translation>볼륨 만들기…</translation>
    </message>
    <message>
        <source>Show volumes</source>
        <translation>볼륨 보기</translation>
    </message>
    <message>
        <source>The volumes could not be measured.</source>
        <translation>볼륨의 크기를 재지 못했습니다.</translation>
    </message>
    <message>
        <source>Clean up…</source>
        <translation>정리…</translation>
    </message>
    <message numerus="yes">
        <source>%n task(s) will be cancelled.</source>
        <translation>
            <numerusform>작업 %n개가 취소됩니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>The command that runs in the console will be ended.</source>
        <translation>콘솔에서 실행 중인 명령이 끝납니다.</translation>
    </message>
</context>
<context>
    <name>berth::MessageCard</name>
    <message>
        <source>Details</source>
        <translation>자세히</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>이 알림 닫기</translation>
    </message>
</context>
<context>
    <name>berth::NewVolumeDialog</name>
    <message>
        <source>Create a volume</source>
        <translation>볼륨 만들기</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>이름(&amp;N)</translation>
    </message>
    <message>
        <source>empty: a random one</source>
        <translation>비워 두면 임의의 이름</translation>
    </message>
    <message>
        <source>&amp;Labels</source>
        <translation>레이블(&amp;L)</translation>
    </message>
    <message>
        <source>KEY=value, one in a line</source>
        <translation>KEY=값, 한 줄에 하나씩</translation>
    </message>
    <message>
        <source>The same as a command</source>
        <translation>같은 일을 하는 명령</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>명령 복사</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>만들기</translation>
    </message>
    <message>
        <source>There is already a volume of this name.</source>
        <translation>같은 이름의 볼륨이 이미 있습니다.</translation>
    </message>
    <message>
        <source>A name needs at least two characters.</source>
        <translation>이름은 두 글자 이상이어야 합니다.</translation>
    </message>
    <message>
        <source>A name starts with a letter or digit and goes on with letters, digits, “_”, “.” or “-”.</source>
        <translation>이름은 영문자나 숫자로 시작하고 영문자, 숫자, “_”, “.”, “-”만 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>“%1” has no key.</source>
        <translation>“%1”에 키가 없습니다.</translation>
    </message>
</context>
<context>
    <name>berth::Plot</name>
    <message>
        <source>Highest: %1</source>
        <translation>최고: %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
</context>
<context>
    <name>berth::RenameDialog</name>
    <message>
        <source>Rename</source>
        <translation>이름 바꾸기</translation>
    </message>
    <message>
        <source>New name</source>
        <translation>새 이름</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>New name for “%1”</source>
        <translation>“%1”의 새 이름</translation>
    </message>
    <message>
        <source>The same as a command</source>
        <translation>같은 일을 하는 명령</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>명령 복사</translation>
    </message>
</context>
<context>
    <name>berth::RestartDialog</name>
    <message>
        <source>Restart policy</source>
        <translation>다시 시작 정책</translation>
    </message>
    <message>
        <source>&amp;When it has ended</source>
        <translation>끝났을 때(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Attempts</source>
        <translation>시도 횟수(&amp;A)</translation>
    </message>
    <message>
        <source>without limit</source>
        <translation>제한 없음</translation>
    </message>
    <message>
        <source>The same as a command</source>
        <translation>같은 일을 하는 명령</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>명령 복사</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>적용</translation>
    </message>
    <message>
        <source>Restart policy of “%1”</source>
        <translation>“%1”의 다시 시작 정책</translation>
    </message>
    <message>
        <source>leave it (no)</source>
        <translation>그대로 둠 (no)</translation>
    </message>
    <message>
        <source>start it again after an error (on-failure)</source>
        <translation>오류로 끝나면 다시 시작 (on-failure)</translation>
    </message>
    <message>
        <source>start it again, unless it was stopped (unless-stopped)</source>
        <translation>직접 중지하지 않았으면 다시 시작 (unless-stopped)</translation>
    </message>
    <message>
        <source>always start it again (always)</source>
        <translation>항상 다시 시작 (always)</translation>
    </message>
</context>
<context>
    <name>berth::RunDialog</name>
    <message>
        <source>Run a container</source>
        <translation>컨테이너 실행</translation>
    </message>
    <message>
        <source>&amp;Image</source>
        <translation>이미지(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>이름(&amp;N)</translation>
    </message>
    <message>
        <source>a name is made up</source>
        <translation>비우면 자동으로 정합니다</translation>
    </message>
    <message>
        <source>&amp;Command</source>
        <translation>명령(&amp;C)</translation>
    </message>
    <message>
        <source>Interactive &amp;terminal (-it)</source>
        <translation>대화형 터미널(-it)(&amp;T)</translation>
    </message>
    <message>
        <source>Connects a keyboard and a screen to the program and opens a terminal tab.</source>
        <translation>프로그램에 키보드와 화면을 연결하고 터미널 탭을 엽니다.</translation>
    </message>
    <message>
        <source>Remove it when it ends (--&amp;rm)</source>
        <translation>끝나면 삭제(--rm)(&amp;R)</translation>
    </message>
    <message>
        <source>The container and what it wrote are deleted as soon as its program ends.</source>
        <translation>프로그램이 끝나면 컨테이너와 그 안에 쓴 내용이 바로 삭제됩니다.</translation>
    </message>
    <message>
        <source>More options</source>
        <translation>더 많은 옵션</translation>
    </message>
    <message>
        <source>&amp;Working folder</source>
        <translation>작업 폴더(&amp;W)</translation>
    </message>
    <message>
        <source>as the image says</source>
        <translation>이미지에 정해진 대로</translation>
    </message>
    <message>
        <source>&amp;User</source>
        <translation>사용자(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Environment</source>
        <translation>환경 변수(&amp;E)</translation>
    </message>
    <message>
        <source>NAME=value, one in a line</source>
        <translation>NAME=value, 한 줄에 하나</translation>
    </message>
    <message>
        <source>&amp;Volumes</source>
        <translation>볼륨(&amp;V)</translation>
    </message>
    <message>
        <source>/folder/here:/folder/inside, one in a line; &quot;:ro&quot; at its end makes it read-only</source>
        <translation>/여기/폴더:/안쪽/폴더, 한 줄에 하나. 끝에 &quot;:ro&quot;를 붙이면 읽기 전용</translation>
    </message>
    <message>
        <source>&amp;Limits</source>
        <translation>한도(&amp;L)</translation>
    </message>
    <message>
        <source>memory, such as 512m</source>
        <translation>메모리, 예: 512m</translation>
    </message>
    <message>
        <source>The most memory that the container may use; a process that needs more is killed. As -m takes it.</source>
        <translation>컨테이너가 쓸 수 있는 최대 메모리. 더 필요한 프로세스는 강제로 종료됩니다. -m과 같은 형식입니다.</translation>
    </message>
    <message>
        <source>Memory limit</source>
        <translation>메모리 한도</translation>
    </message>
    <message>
        <source>CPUs, such as 1.5</source>
        <translation>CPU, 예: 1.5</translation>
    </message>
    <message>
        <source>How many CPUs the container may keep busy. As --cpus takes it.</source>
        <translation>컨테이너가 쓸 수 있는 CPU의 수. --cpus와 같은 형식입니다.</translation>
    </message>
    <message>
        <source>CPU limit</source>
        <translation>CPU 한도</translation>
    </message>
    <message>
        <source>“%1” is not an amount of memory such as 512m.</source>
        <translation>“%1”은(는) 512m 같은 메모리 크기가 아닙니다.</translation>
    </message>
    <message>
        <source>“%1” is not a number of CPUs such as 1.5.</source>
        <translation>“%1”은(는) 1.5 같은 CPU 수가 아닙니다.</translation>
    </message>
    <message>
        <source>A container needs at least 6 MB of memory.</source>
        <translation>컨테이너에는 메모리가 6MB 이상 필요합니다.</translation>
    </message>
    <message>
        <source>This machine has %1 CPUs.</source>
        <translation>이 컴퓨터의 CPU는 %1개입니다.</translation>
    </message>
    <message>
        <source>Add a &amp;folder…</source>
        <translation>폴더 추가(&amp;F)…</translation>
    </message>
    <message>
        <source>The same as a command</source>
        <translation>같은 일을 하는 명령</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>명령 복사</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Create &amp;only</source>
        <translation>만들기만(&amp;O)</translation>
    </message>
    <message>
        <source>Makes the container without starting it</source>
        <translation>컨테이너를 시작하지 않고 만들기만 합니다</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>실행</translation>
    </message>
    <message>
        <source>Folder to share with the container</source>
        <translation>컨테이너와 함께 쓸 폴더</translation>
    </message>
    <message>
        <source>A quote is not closed.</source>
        <translation>따옴표가 닫히지 않았습니다.</translation>
    </message>
    <message>
        <source>“%1” is not of the form 8080:80.</source>
        <translation>“%1”은(는) 8080:80 형식이 아닙니다.</translation>
    </message>
    <message>
        <source>such as %1</source>
        <translation>예: %1</translation>
    </message>
    <message>
        <source>&amp;Ports</source>
        <translation>포트(&amp;P)</translation>
    </message>
    <message>
        <source>Port of this machine, a colon, port of the container; several with spaces between. As -p takes them.</source>
        <translation>이 컴퓨터의 포트, 쌍점, 컨테이너의 포트 순서로 적고, 여러 개는 띄어 씁니다. -p와 같습니다.</translation>
    </message>
    <message>
        <source>“%1” is not of the form /folder/here:/folder/inside.</source>
        <translation>“%1”은(는) /여기/폴더:/안쪽/폴더 형식이 아닙니다.</translation>
    </message>
    <message>
        <source>Choose an image.</source>
        <translation>이미지를 고르십시오.</translation>
    </message>
    <message>
        <source>There is no image “%1” here.</source>
        <translation>“%1”이라는 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>A folder in the container starts with “/”.</source>
        <translation>컨테이너 안의 폴더는 “/”로 시작합니다.</translation>
    </message>
    <message>
        <source>“%1” is not of the form NAME=value.</source>
        <translation>“%1”은(는) NAME=value 형식이 아닙니다.</translation>
    </message>
</context>
<context>
    <name>berth::SearchBar</name>
    <message>
        <source>Find in the terminal</source>
        <translation>터미널에서 찾기</translation>
    </message>
    <message>
        <source>Older match (Enter)</source>
        <translation>이전 항목(Enter)</translation>
    </message>
    <message>
        <source>Newer match (Shift+Enter)</source>
        <translation>다음 항목(Shift+Enter)</translation>
    </message>
    <message>
        <source>Aa</source>
        <translation>Aa</translation>
    </message>
    <message>
        <source>Match upper and lower case</source>
        <translation>대소문자 구분</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>닫기(Esc)</translation>
    </message>
    <message>
        <source>No match</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2개 중 %1번째</translation>
    </message>
</context>
<context>
    <name>berth::ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>berth::Sidebar</name>
    <message>
        <source>Menu</source>
        <translation>메뉴</translation>
    </message>
    <message>
        <source>Menu (F10)</source>
        <translation>메뉴(F10)</translation>
    </message>
</context>
<context>
    <name>berth::StatsView</name>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>메모리</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>네트워크</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>디스크</translation>
    </message>
    <message>
        <source>100% is the whole time of one processor.</source>
        <translation>100%는 프로세서 하나를 온전히 쓰는 것입니다.</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>받음</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>보냄</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>읽음</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>씀</translation>
    </message>
    <message>
        <source>This container has no control group.</source>
        <translation>이 컨테이너에는 제어 그룹(cgroup)이 없습니다.</translation>
    </message>
    <message>
        <source>This machine does not count the memory of containers.</source>
        <translation>이 컴퓨터는 컨테이너별 메모리를 세지 않습니다.</translation>
    </message>
    <message>
        <source>The sum of its processes, since this machine has no memory controller.</source>
        <translation>이 컴퓨터에 메모리 컨트롤러가 없어 프로세스들의 메모리를 더한 값입니다.</translation>
    </message>
    <message>
        <source>Without cached files that are not in use.</source>
        <translation>쓰이지 않는 파일 캐시는 뺀 값입니다.</translation>
    </message>
    <message>
        <source>The network of this container cannot be read.</source>
        <translation>이 컨테이너의 네트워크를 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>This machine does not count for users what containers read and write.</source>
        <translation>이 컴퓨터는 컨테이너가 읽고 쓴 양을 사용자에게 알려 주지 않습니다.</translation>
    </message>
</context>
<context>
    <name>berth::TagDialog</name>
    <message>
        <source>Another name</source>
        <translation>다른 이름</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>이름(&amp;N)</translation>
    </message>
    <message>
        <source>repository:tag</source>
        <translation>저장소:태그</translation>
    </message>
    <message>
        <source>The same as a command</source>
        <translation>같은 일을 하는 명령</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>명령 복사</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>추가</translation>
    </message>
    <message>
        <source>Another name for “%1”</source>
        <translation>“%1”의 다른 이름</translation>
    </message>
    <message>
        <source>A name is made of lower case letters, digits, “.”, “_” and “-”, with “/” between its parts and “:” before the tag.</source>
        <translation>이름은 영문 소문자, 숫자, “.”, “_”, “-”로 이루어지며 부분 사이에는 “/”, 태그 앞에는 “:”을 씁니다.</translation>
    </message>
    <message>
        <source>It is called that already.</source>
        <translation>이미 그 이름입니다.</translation>
    </message>
    <message>
        <source>Another image has this name now and will lose it.</source>
        <translation>지금 다른 이미지가 이 이름을 쓰고 있으며, 그 이미지는 이름을 잃습니다.</translation>
    </message>
    <message>
        <source>Without a tag it becomes %1.</source>
        <translation>태그가 없으면 %1이(가) 됩니다.</translation>
    </message>
</context>
<context>
    <name>berth::TaskRow</name>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>기다리는 중</translation>
    </message>
    <message>
        <source>cancelling…</source>
        <translation>취소하는 중…</translation>
    </message>
    <message>
        <source>%1 of %2 · %3</source>
        <translation>%2 중 %1 · %3</translation>
    </message>
</context>
<context>
    <name>berth::TerminalDialog</name>
    <message>
        <source>Open a terminal</source>
        <translation>터미널 열기</translation>
    </message>
    <message>
        <source>C&amp;ontainer</source>
        <translation>컨테이너(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Command</source>
        <translation>명령(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;User</source>
        <translation>사용자(&amp;U)</translation>
    </message>
    <message>
        <source>as in the container</source>
        <translation>컨테이너에 정해진 대로</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>폴더(&amp;F)</translation>
    </message>
    <message>
        <source>The same as a command</source>
        <translation>같은 일을 하는 명령</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>명령 복사</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Open a terminal in “%1”</source>
        <translation>“%1”에서 터미널 열기</translation>
    </message>
    <message>
        <source>A quote is not closed.</source>
        <translation>따옴표가 닫히지 않았습니다.</translation>
    </message>
</context>
<context>
    <name>berth::TerminalTab</name>
    <message>
        <source>“%1” was not started: there is no such program.</source>
        <translation>“%1”을(를) 시작하지 못했습니다. 그런 프로그램이 없습니다.</translation>
    </message>
    <message>
        <source>“%1” was not started: it is not an executable file.</source>
        <translation>“%1”을(를) 시작하지 못했습니다. 실행 파일이 아닙니다.</translation>
    </message>
    <message>
        <source>“%1” was not started: %2.</source>
        <translation>“%1”을(를) 시작하지 못했습니다: %2.</translation>
    </message>
</context>
<context>
    <name>berth::TerminalView</name>
    <message>
        <source>Terminal</source>
        <translation>터미널</translation>
    </message>
    <message>
        <source>%1
Ctrl+click to open</source>
        <translation>%1
Ctrl+클릭하면 엽니다</translation>
    </message>
    <message>
        <source>&amp;Open Link</source>
        <translation>링크 열기(&amp;O)</translation>
    </message>
    <message>
        <source>Copy &amp;Link</source>
        <translation>링크 복사(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Copy	Ctrl+Shift+C</source>
        <translation>복사(&amp;C)	Ctrl+Shift+C</translation>
    </message>
    <message>
        <source>&amp;Paste	Ctrl+Shift+V</source>
        <translation>붙여넣기(&amp;P)	Ctrl+Shift+V</translation>
    </message>
    <message>
        <source>Select &amp;All	Ctrl+Shift+A</source>
        <translation>모두 선택(&amp;A)	Ctrl+Shift+A</translation>
    </message>
    <message>
        <source>&amp;Find…	Ctrl+Shift+F</source>
        <translation>찾기(&amp;F)…	Ctrl+Shift+F</translation>
    </message>
    <message>
        <source>Clear &amp;Scroll-back	Ctrl+Shift+K</source>
        <translation>지나간 출력 지우기(&amp;S)	Ctrl+Shift+K</translation>
    </message>
    <message>
        <source>Zoom &amp;In	Ctrl++</source>
        <translation>크게(&amp;I)	Ctrl++</translation>
    </message>
    <message>
        <source>Zoom O&amp;ut	Ctrl+-</source>
        <translation>작게(&amp;U)	Ctrl+-</translation>
    </message>
    <message>
        <source>&amp;Normal Size	Ctrl+0</source>
        <translation>보통 크기(&amp;N)	Ctrl+0</translation>
    </message>
</context>
<context>
    <name>berth::Terminals</name>
    <message>
        <source>A terminal needs a running container. Start one first.</source>
        <translation>터미널을 열려면 실행 중인 컨테이너가 있어야 합니다. 먼저 하나를 시작하십시오.</translation>
    </message>
    <message>
        <source>Close this terminal?</source>
        <translation>이 터미널을 닫을까요?</translation>
    </message>
    <message>
        <source>Its program is still running and is told that its terminal went away. The container goes on.</source>
        <translation>프로그램이 아직 실행 중이며 터미널이 사라졌다는 신호를 받습니다. 컨테이너는 계속 실행됩니다.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>berth::TerminalsPage</name>
    <message>
        <source>Terminals</source>
        <translation>터미널</translation>
    </message>
    <message>
        <source>Open terminal…</source>
        <translation>터미널 열기…</translation>
    </message>
    <message>
        <source>Terminal sessions</source>
        <translation>터미널 세션</translation>
    </message>
    <message>
        <source>No terminal is open</source>
        <translation>열린 터미널이 없습니다</translation>
    </message>
    <message>
        <source>A terminal runs a command such as a shell or redis-cli inside a running container.</source>
        <translation>터미널은 실행 중인 컨테이너 안에서 셸이나 redis-cli 같은 명령을 실행합니다.</translation>
    </message>
</context>
<context>
    <name>berth::VolumeActions</name>
    <message>
        <source>The volume could not be made.</source>
        <translation>볼륨을 만들지 못했습니다.</translation>
    </message>
    <message>
        <source>Remove the volume “%1”?</source>
        <translation>“%1” 볼륨을 삭제할까요?</translation>
    </message>
    <message numerus="yes">
        <source>Remove %n volumes?</source>
        <translation>
            <numerusform>볼륨 %n개를 삭제할까요?</numerusform>
        </translation>
    </message>
    <message>
        <source>The files in it are deleted for good. No container uses them now.</source>
        <translation>안에 있는 파일이 완전히 삭제됩니다. 지금 이 볼륨을 쓰는 컨테이너는 없습니다.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>The volume “%1” could not be removed.</source>
        <translation>“%1” 볼륨을 삭제하지 못했습니다.</translation>
    </message>
</context>
<context>
    <name>berth::VolumeModel</name>
    <message numerus="yes">
        <source>%n volume(s)</source>
        <translation>
            <numerusform>볼륨 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not used by any container</source>
        <translation>
            <numerusform>쓰는 컨테이너가 없는 볼륨 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>In use; remove its containers first</source>
        <translation>사용 중입니다. 먼저 컨테이너를 삭제하세요</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>More actions</source>
        <translation>다른 동작</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>사용하는 컨테이너</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>만든 때</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>레이블</translation>
    </message>
    <message>
        <source>not used</source>
        <translation>쓰이지 않음</translation>
    </message>
    <message numerus="yes">
        <source>%n container(s)</source>
        <translation>
            <numerusform>컨테이너 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>%1
made without a name</source>
        <translation>%1
이름 없이 만들어졌습니다</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1바이트</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>아직 재지 않음</translation>
    </message>
</context>
<context>
    <name>berth::VolumesPage</name>
    <message>
        <source>Volumes</source>
        <translation>볼륨</translation>
    </message>
    <message>
        <source>Create…</source>
        <translation>만들기…</translation>
    </message>
    <message>
        <source>Filter by name or label</source>
        <translation>이름이나 레이블로 찾기</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>사용 중</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>쓰이지 않음</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>삭제…</translation>
    </message>
    <message>
        <source>Berth cannot use its store</source>
        <translation>Berth가 저장소를 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>No volume matches “%1”</source>
        <translation>“%1”에 맞는 볼륨이 없습니다</translation>
    </message>
    <message>
        <source>No volume is in use</source>
        <translation>사용 중인 볼륨이 없습니다</translation>
    </message>
    <message>
        <source>Every volume is in use</source>
        <translation>모든 볼륨이 사용 중입니다</translation>
    </message>
    <message>
        <source>No volumes yet</source>
        <translation>아직 볼륨이 없습니다</translation>
    </message>
    <message>
        <source>A volume keeps files apart from containers: they stay when a container is removed, and several containers can share them. Use it with -v NAME:/path when you run an image.</source>
        <translation>볼륨은 파일을 컨테이너와 따로 보관합니다. 컨테이너를 삭제해도 파일은 남고, 여러 컨테이너가 함께 쓸 수 있습니다. 이미지를 실행할 때 -v 이름:/경로로 연결하세요.</translation>
    </message>
    <message>
        <source>Copy name</source>
        <translation>이름 복사</translation>
    </message>
    <message>
        <source>Copy folder</source>
        <translation>폴더 경로 복사</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>A container engine with a window.</source>
        <translation>창이 있는 컨테이너 엔진.</translation>
    </message>
    <message>
        <source>Archives of images to import.</source>
        <translation>가져올 이미지 아카이브.</translation>
    </message>
    <message>
        <source>Berth cannot use the folder for its data.</source>
        <translation>Berth가 데이터 폴더를 쓸 수 없습니다.</translation>
    </message>
</context>
</TS>

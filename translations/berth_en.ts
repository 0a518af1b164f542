<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>Facts</name>
    <message numerus="yes">
        <source>%1 in %n layer(s)</source>
        <translation>
            <numerusform>%1 in %n layer</numerusform>
            <numerusform>%1 in %n layers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n container(s)</source>
        <translation>
            <numerusform>%n container</numerusform>
            <numerusform>%n containers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RelativeTime</name>
    <message numerus="yes">
        <source>%n second(s) ago</source>
        <translation>
            <numerusform>%n second ago</numerusform>
            <numerusform>%n seconds ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n minute ago</numerusform>
            <numerusform>%n minutes ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>%n hour ago</numerusform>
            <numerusform>%n hours ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n week(s) ago</source>
        <translation>
            <numerusform>%n week ago</numerusform>
            <numerusform>%n weeks ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n month(s) ago</source>
        <translation>
            <numerusform>%n month ago</numerusform>
            <numerusform>%n months ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n year(s) ago</source>
        <translation>
            <numerusform>%n year ago</numerusform>
            <numerusform>%n years ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>berth::CleanUpDialog</name>
    <message numerus="yes">
        <source>Delete %n item(s)</source>
        <translation>
            <numerusform>Delete %n item</numerusform>
            <numerusform>Delete %n items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>berth::Cleaning</name>
    <message numerus="yes">
        <source>%n container(s)</source>
        <translation>
            <numerusform>%n container</numerusform>
            <numerusform>%n containers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n volume(s)</source>
        <translation>
            <numerusform>%n volume</numerusform>
            <numerusform>%n volumes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n named volumes as well?</source>
        <translation>
            <numerusform>Delete %n named volume as well?</numerusform>
            <numerusform>Delete %n named volumes as well?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) were kept.</source>
        <translation>
            <numerusform>%n thing were kept.</numerusform>
            <numerusform>%n things were kept.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>berth::ContainerActions</name>
    <message numerus="yes">
        <source>Remove %n containers?</source>
        <translation>
            <numerusform>Remove %n container?</numerusform>
            <numerusform>Remove %n containers?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>berth::ContainerModel</name>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n running</numerusform>
            <numerusform>%n running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in total</source>
        <translation>
            <numerusform>%n in total</numerusform>
            <numerusform>%n in total</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>berth::ImageActions</name>
    <message numerus="yes">
        <source>%n images</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>berth::ImageModel</name>
    <message numerus="yes">
        <source>%n image(s), %1</source>
        <translation>
            <numerusform>%n image, %1</numerusform>
            <numerusform>%n images, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not used by any container, %1</source>
        <translation>
            <numerusform>%n not used by any container, %1</numerusform>
            <numerusform>%n not used by any container, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n container(s)</source>
        <translation>
            <numerusform>%n container</numerusform>
            <numerusform>%n containers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>berth::ImageRemoval</name>
    <message numerus="yes">
        <source>Remove %n images?</source>
        <translation>
            <numerusform>Remove %n image?</numerusform>
            <numerusform>Remove %n images?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>berth::ImportCard</name>
    <message numerus="yes">
        <source>%n layer(s)</source>
        <translation>
            <numerusform>%n layer</numerusform>
            <numerusform>%n layers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n already here</source>
        <translation>
            <numerusform>%n already here</numerusform>
            <numerusform>%n already here</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>berth::ImportDialog</name>
    <message numerus="yes">
        <source>Import %n file(s)</source>
        <translation>
            <numerusform>Import %n file</numerusform>
            <numerusform>Import %n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>berth::Imports</name>
    <message numerus="yes">
        <source>%1: %n device node(s) left out; only root can make them.</source>
        <translation>
            <numerusform>%1: %n device node left out; only root can make it.</numerusform>
            <numerusform>%1: %n device nodes left out; only root can make them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %n file(s) now belong to nobody; their owner is outside your range of ids.</source>
        <translation>
            <numerusform>%1: %n file now belongs to nobody; its owner is outside your range of ids.</numerusform>
            <numerusform>%1: %n files now belong to nobody; their owner is outside your range of ids.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>berth::ListPage</name>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>berth::LogView</name>
    <message numerus="yes">
        <source>%n match(es)</source>
        <translation>
            <numerusform>%n match</numerusform>
            <numerusform>%n matches</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Jump to latest · %n new</source>
        <translation>
            <numerusform>Jump to latest · %n new</numerusform>
            <numerusform>Jump to latest · %n new</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>berth::MainWindow</name>
    <message numerus="yes">
        <source>%n import(s) will be cancelled; nothing is left of them.</source>
        <translation>
            <numerusform>%n import will be cancelled; nothing is left of it.</numerusform>
            <numerusform>%n imports will be cancelled; nothing is left of them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n terminal(s) will be closed.</source>
        <translation>
            <numerusform>%n terminal will be closed.</numerusform>
            <numerusform>%n terminals will be closed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n container(s) go on running without the window.</source>
        <translation>
            <numerusform>%n container goes on running without the window.</numerusform>
            <numerusform>%n containers go on running without the window.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n task(s) will be cancelled.</source>
        <translation>
            <numerusform>%n task will be cancelled.</numerusform>
            <numerusform>%n tasks will be cancelled.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>berth::VolumeActions</name>
    <message numerus="yes">
        <source>Remove %n volumes?</source>
        <translation>
            <numerusform>Remove %n volume?</numerusform>
            <numerusform>Remove %n volumes?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>berth::VolumeModel</name>
    <message numerus="yes">
        <source>%n volume(s)</source>
        <translation>
            <numerusform>%n volume</numerusform>
            <numerusform>%n volumes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not used by any container</source>
        <translation>
            <numerusform>%n not used by any container</numerusform>
            <numerusform>%n not used by any container</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n container(s)</source>
        <translation>
            <numerusform>%n container</numerusform>
            <numerusform>%n containers</numerusform>
        </translation>
    </message>
</context>
</TS>

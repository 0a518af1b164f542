#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The hand of root in a ./dev machine: roothand.py FOLDER GROUP, as root.

Tests run as an ordinary user. What an administrator, another user or a neighbour on the LAN does in their
stories is done by this, for members of GROUP: one line to FOLDER/hand is a verb of the table below with its
arguments, the answer is "CODE\\n" and the output. Verbs take no shell and no path.
"""

import json
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

FORWARD = "/proc/sys/net/ipv4/ip_forward"
# The first process of the machine keeps "lan"; the second neighbour is made on demand.
SECOND = """
ip netns add lan2; ip link add eth1 type veth peer name eth0 netns lan2
ip address add 198.51.100.1/24 dev eth1; ip link set eth1 up
ip -n lan2 address add 198.51.100.2/24 dev eth0; ip -n lan2 link set lo up; ip -n lan2 link set eth0 up
ip -n lan2 route add default via 198.51.100.1; ip -n lan route add 198.51.100.0/24 via 192.0.2.1
"""
# Sends back whom it sees, and then what it is sent.
ECHO = """
import socket, sys, threading
server = socket.create_server((sys.argv[1], int(sys.argv[2])), backlog=64,
                              family=socket.AF_INET6 if ":" in sys.argv[1] else socket.AF_INET,
                              dualstack_ipv6=":" in sys.argv[1])
print("ready", flush=True)
def serve(link, peer):
    try:
        link.sendall((peer[0] + "\\n").encode())
        while data := link.recv(65536):
            link.sendall(data)
    except OSError:
        pass
    link.close()
while True:
    threading.Thread(target=serve, args=server.accept(), daemon=True).start()
"""
CONNECT = """
import socket, sys
try:
    with socket.create_connection((sys.argv[1], int(sys.argv[2])), timeout=float(sys.argv[3])) as link:
        print(link.recv(100).decode(), end="")
except OSError as error:
    sys.exit(str(error))
"""
children = {}
lock = threading.Lock()


def run(*command, stdin=None):
    done = subprocess.run(command, input=stdin, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return done.returncode, done.stdout


def lines(text):
    """Commands without a shell, one after the other; the first that fails ends them."""
    for part in text.replace("\n", ";").split(";"):
        if part.strip():
            code, output = run(*part.split())
            if code:
                return code, part + ": " + output
    return 0, ""


def write(value):
    with open(FORWARD, "w", encoding="ascii") as file:
        file.write(value)
    return 0, ""


def start(name, *command, ready=None):
    with lock:
        stop(name)
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        children[name] = child
    if ready is None:
        return (0, "") if child.stdout.readline() else (1, name + " did not start")
    for _ in range(600):
        if os.path.exists(ready):
            return 0, ""
        if child.poll() is not None:
            break
        time.sleep(0.05)
    return 1, name + " did not start"


def stop(name):
    child = children.pop(name, None)
    if child:
        child.send_signal(signal.SIGTERM)
        try:
            child.wait(20)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    return 0, ""


def docker(verb):
    """A real dockerd with its own ideas about forwarding."""
    if verb == "stop":
        return stop("dockerd")
    folder = tempfile.mkdtemp(prefix="hand-dockerd.", dir="/run")
    return start("dockerd", "dockerd", "--data-root", folder + "/data", "--exec-root", folder + "/exec", "--pidfile", folder + "/pid",
                 "--host", "unix://" + folder + "/socket", "--exec-opt", "native.cgroupdriver=cgroupfs", "--storage-driver", "vfs",
                 ready=folder + "/pid")


def clean():
    """As the machine was at its start: no firewall, no forwarding, no second neighbour."""
    stop("dockerd")
    pools()
    run("nft", "flush", "ruleset")
    for priority in ("90", "91", "92", "93", "98", "99"):
        while run("ip", "rule", "delete", "priority", priority)[0] == 0:
            pass
    for link in json.loads(run("ip", "-json", "link")[1]):
        if link["ifname"].startswith("berth-") or link["ifname"] == "docker0":
            run("ip", "link", "delete", link["ifname"])
    run("find", "/run", "-path", "/run/berth/uplink-*", "-delete")
    run("find", "/run", "-path", "/run/berth/forwarding", "-delete")
    run("ip", "netns", "delete", "lan2")
    run("ip", "link", "delete", "eth1")
    run("ip", "-n", "lan", "route", "delete", "198.51.100.0/24")
    for setting in ("default", "eth0"):
        run("sysctl", "-w", f"net.ipv4.conf.{setting}.forwarding=0")
    write("1")
    return write("0")


def pools(*blocks):
    """What helper.conf says about addresses; without blocks as it was."""
    saved = "/run/helper.conf.saved"
    conf = "/etc/berth/helper.conf"
    if not os.path.exists(saved):
        shutil.copyfile(conf, saved)
    with open(saved, encoding="utf-8") as file:
        kept = [line for line in file if not blocks or not line.startswith("pool")]
    with open(conf, "w", encoding="utf-8") as file:
        file.writelines(kept + [f"pool {block}\n" for block in blocks])
    return 0, ""


def others_words(*command):
    """As the second user, whose programs find what they need in the environment as the first one's do."""
    other = pwd.getpwnam("other")
    return ("setpriv", "--reuid", str(other.pw_uid), "--regid", str(other.pw_gid), "--init-groups", "env", "-i",
               "PATH=/usr/bin:/bin:/usr/sbin:/sbin", "XDG_RUNTIME_DIR=/run/user/%d" % other.pw_uid, "LC_ALL=C.UTF-8", *command)


def routes():
    """What containers must not change."""
    text = ""
    for command in (["ip", "-4", "route", "show", "table", "main"], ["ip", "-6", "route"], ["ip", "-6", "address"],
                    ["ip", "neighbour", "show", "dev", "eth0", "nud", "permanent"],
                    ["sysctl", "-a", "--pattern", r"conf\..*\.accept_ra$"]):
        text += run(*command)[1]
    # The uplinks themselves come and go, and lose their carrier when that is what their owner wants.
    return 0, "\n".join(line for line in text.split("\n") if "berth-" not in line)


def spoofed():
    """How many packets each rule of the table has dropped, in the order of the rules."""
    listed = run("nft", "list", "table", "ip", "berth")[1]
    return 0, " ".join(re.findall(r"counter packets (\d+) bytes \d+ drop", listed))


def state():
    """Everything that the helper may have left."""
    text = ""
    for command in (["nft", "list", "ruleset"], ["ip", "rule"], ["ip", "-brief", "link"], ["ip", "-brief", "-4", "address"],
                    ["sysctl", "-a", "--pattern", r"net\.ipv4\.conf\..*\.forwarding|net\.ipv4\.ip_forward"],
                    ["find", "/run", "-path", "/run/berth/uplink-*", "-o", "-path", "/run/berth/*forwarding*"]):
        text += run(*command)[1]
    return 0, text


VERBS = {
    "flush": lambda: run("nft", "flush", "ruleset"),
    "forward": lambda value: write("1" if value == "1" else "0"),
    "nft": lambda *words: run("nft", *words),
    "second": lambda: lines(SECOND),
    "clean": clean,
    "docker": docker,
    "pools": pools,
    "state": state,
    "kill": lambda pid: run("kill", "-KILL", pid),
    "reset-records": lambda: run("find", "/run/berth", "-name", "uplink-*", "-delete"),
    "link": lambda *words: run("ip", "link", *words),
    "address": lambda *words: run("ip", "address", *words),
    "rule": lambda *words: run("ip", "rule", *words),
    "route": lambda *words: run("ip", "route", *words),
    # A neighbour: PLACE is lan or lan2.
    "listen": lambda place, address, port: start("listen-" + place + port, "ip", "netns", "exec", place, "python3", "-c", ECHO, address, port),
    "unlisten": lambda place, port: stop("listen-" + place + port),
    "connect": lambda place, address, port, seconds: run(
        "ip", "netns", "exec", place, "python3", "-c", CONNECT, address, port, seconds),
    "neighbour-route": lambda place, *words: run("ip", "-n", place, "route", *words),
    "other": lambda *command: run(*others_words(*command)),
    "other-listen": lambda address, port: start("listen-other", *others_words("python3", "-c", ECHO, address, port)),
    "other-unlisten": lambda: stop("listen-other"),
    "routes": routes,
    "spoofed": spoofed,
}


def serve(link):
    with link, link.makefile("r", encoding="utf-8") as reading:
        words = reading.readline().split()
        try:
            code, output = VERBS[words[0]](*words[1:]) if words and words[0] in VERBS else (2, "no such verb")
        except Exception as error:  # the test sees it
            code, output = 3, repr(error)
        link.sendall(f"{code}\n{output}".encode())


def main():
    folder, group = sys.argv[1], int(sys.argv[2])
    os.mkdir(folder, 0o750)
    os.chown(folder, 0, group)
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    server.bind(folder + "/hand")
    os.chmod(folder + "/hand", 0o660)
    os.chown(folder + "/hand", 0, group)
    server.listen(16)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        while True:
            link, _ = server.accept()
            threading.Thread(target=serve, args=(link,), daemon=True).start()
    finally:
        for name in list(children):
            stop(name)


if __name__ == "__main__":
    main()

#pragma once
// Recordings as texts, to be changed a little: what is compared must be able to fail.

#include <string>
#include <string_view>

#include "replay/reader.hpp"
#include "replay/replay.hpp"

namespace tcpsm::kernel {

/// The first line of a recording.
inline constexpr std::string_view meta =
    R"({"ev":"meta","scenario":"s","desc":"d","refs":[],"kernel":"k","date":"2026-01-01","sysctl_set":{},"sysctl":{},)"
    R"("hut":"10.0.0.1","peer":"10.0.0.2","mtu":1500})"
    "\n";

/// A passive open, an orderly close by the peer first, as the kernel does it; the times in the peer's hand.
inline constexpr std::string_view orderly =
    R"json({"t":0.1,"ev":"call","call":"listen(port=8080, backlog=5)","ret":"ok"}
{"t":0.2,"ev":"seg","dir":"rx","conn":0,"flags":"S","seq":0,"ack":0,"len":0,"win":65535,"opts":["mss 1460"]}
{"t":0.2001,"ev":"seg","dir":"tx","conn":0,"flags":"S.","seq":0,"ack":1,"len":0,"win":64240,"opts":["mss 1460"]}
{"t":0.2002,"ev":"seg","dir":"rx","conn":0,"flags":".","seq":1,"ack":1,"len":0,"win":65535,"opts":[]}
{"t":0.4,"ev":"call","call":"accept","ret":"ok"}
{"t":0.5,"ev":"call","call":"close","ret":"ok"}
{"t":0.5001,"ev":"seg","dir":"tx","conn":0,"flags":"F.","seq":1,"ack":1,"len":0,"win":64240,"opts":[]}
{"t":0.55,"ev":"state","sockets":[{"state":"FIN-WAIT-1","lport":8080,"rport":5555,"timer":["on","150ms",0]}]}
{"t":0.71,"ev":"seg","dir":"tx","conn":0,"flags":"F.","seq":1,"ack":1,"len":0,"win":64240,"opts":[]}
{"t":1.0,"ev":"seg","dir":"rx","conn":0,"flags":"F.","seq":1,"ack":2,"len":0,"win":65535,"opts":[]}
{"t":1.0001,"ev":"seg","dir":"tx","conn":0,"flags":".","seq":2,"ack":2,"len":0,"win":64239,"opts":[]}
{"t":1.1,"ev":"state","sockets":[{"state":"TIME-WAIT","lport":8080,"rport":5555,"timer":["timewait","59sec",0]}]}
)json";

/// `orderly` with one part of it replaced; the part must be there.
std::string changed(std::string_view part, std::string_view by);

/// What a recording with these lines behind the first gives.
Result replay_lines(std::string_view lines);

} // namespace tcpsm::kernel

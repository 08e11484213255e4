// tcpsm claims.

#include <doctest/doctest.h>

#include "cli/process.hpp"
#include "cli/scenarios.hpp"
#include "support/places.hpp"

namespace {

const std::string claim_name = "fin-timeout-shortens-time-wait";

/// The teardown whose last ACK is lost, with a claim.
std::string claim_text(const std::string& verdict, const std::string& if_true, const std::string& if_false)
{
    return std::string(lost_final_ack) + "claim:\n  says: A lost ACK is sent again.\n  says_zh: 丢失的 ACK 会重传。\n" +
           "  verdict: " + verdict + "\n  answer: It is the FIN that is.\n  answer_zh: 重传的是 FIN。\n" +
           "  source: RFC 9293, 3.10.7.4\n  if_true: [" + if_true + "]\n  if_false: [" + if_false + "]\n";
}

const std::string fin_again = "{ segment: { name: server.4, flags: FIN ACK } }";
const std::string ack_again = "{ segment: { name: client.5, because: retransmission timeout } }";

struct ClaimsFiles : Folder {
    std::string good = file("good.yaml", claim_text("false", ack_again, fin_again));
};

} // namespace

TEST_CASE_FIXTURE(ClaimsFiles, "claims FILE: verdict and claim, what is so, the evidence, source and file, and 0")
{
    const Finished claims = command({"claims", good});
    CHECK(claims.status == 0);
    CHECK(claims.err == "");
    CHECK(claims.out ==
          "false      A lost ACK is sent again.\n"
          "           It is the FIN that is.\n"
          "evidence   2.15 s  server.4 <SEQ=301><ACK=102><CTL=FIN,ACK> leaves server for client, because:\n"
          "           retransmission timeout (RFC 9293, 3.10.8)\n"
          "source     RFC 9293, 3.10.7.4\n"
          "file       " +
              good + "\n\n1 of 1 verdicts are as the files say\n");
}

TEST_CASE_FIXTURE(ClaimsFiles, "claims --lang zh: the claim and what is so in Chinese")
{
    const Finished claims = command({"claims", "--lang", "zh", good});
    CHECK(claims.status == 0);
    CHECK(claims.out.starts_with("错         丢失的 ACK 会重传。\n           重传的是 FIN。\n证据       2.15 s"));
}

TEST_CASE_FIXTURE(ClaimsFiles, "claims where a verdict is not as the file says: both, and 1")
{
    const std::string turned = file("turned.yaml", claim_text("true", ack_again, fin_again));
    const Finished claims = command({"claims", turned, good});
    CHECK(claims.status == 1);
    CHECK(claims.out.starts_with("false      A lost ACK is sent again.\n           the file says: true\n"));
    CHECK(has(claims.out, "\n1 of 2 verdicts are as the files say\n"));
}

TEST_CASE_FIXTURE(ClaimsFiles, "claims where nothing decides: why not, by its place, and 1")
{
    const std::string neither = file("neither.yaml", claim_text("true", ack_again, "{ segments: 3 }"));
    const Finished claims = command({"claims", neither});
    CHECK(claims.status == 1);
    CHECK(claims.out.starts_with("undecided  A lost ACK is sent again.\n"));
    CHECK(has(claims.out, neither + ":26:13: segment: { name: client.5, because: retransmission timeout }\n"
                                    "    found: because rcv FIN\n"));
    CHECK(has(claims.out, neither + ":27:14: segments: 3\n    found: "));

    const std::string no_rst =
        file("no_rst.yaml", claim_text("true", "{ segments: { flags: RST, count: 0 } }", ack_again));
    CHECK(has(command({"claims", no_rst}).out, "until the end, 62.2 s: segments: { flags: RST, count: 0 }; found 0\n"));

    const std::string both = file("both.yaml", claim_text("true", "{ never: { client: CLOSING } }", fin_again));
    CHECK(has(command({"claims", both}).out, both + ":26:13: never: { client: CLOSING }\n    found: it is so, and so"));
}

TEST_CASE("claims without a file: all that come with tcpsm, a name is one of them, and run knows it, too")
{
    const Finished all = command({"claims"});
    CHECK(all.status == 0);
    CHECK(has(all.out, "false      tcp_fin_timeout shortens TIME-WAIT.\n"));
    const Finished one = command({"claims", claim_name});
    CHECK(one.status == 0);
    CHECK(has(all.out, one.out.substr(0, one.out.find("\n\n"))));
    CHECK(command({"run", claim_name}).status == 0);
    CHECK(command({"check", tcpsm::test::in_source("examples/claims")}).status == 0);
}

TEST_CASE("claims with a switch: the verdict of that run")
{
    const Finished claims = command({"claims", "--set", "client.time_wait=10s", claim_name});
    CHECK(claims.status == 1);
    CHECK(has(claims.out, "true       tcp_fin_timeout shortens TIME-WAIT.\n           the file says: false\n"));
    CHECK(has(claims.out, "evidence   12.1 s  client: TIME-WAIT to CLOSED"));
}

TEST_CASE("claims in a terminal: lines of its width, and the verdict in colour")
{
    Terminal terminal({"claims", claim_name}, 80);
    const std::string shown = terminal.read_all();
    CHECK(terminal.status() == 0);
    CHECK(has(shown, "\x1b[31;1mfalse\x1b[0m"));
    CHECK(has(shown, "TIME-WAIT\r\n           lasts 60 s on Linux, whatever it says."));
}

TEST_CASE_FIXTURE(ClaimsFiles, "claims of a file without a claim, of a bad one, of an unknown name: a message, and 2")
{
    const std::string none = file("none.yaml", lost_final_ack);
    const Finished without = command({"claims", good, none});
    CHECK(without.status == 2);
    CHECK(without.out == "");
    CHECK(without.err == none + ": found no 'claim', expected a scenario with one\n");
    CHECK(command({"claims", file("bad.yaml", bad_file)}).status == 2);
    const Finished unknown = command({"claims", "fin-timeout-shortens-time-wate"});
    CHECK(unknown.status == 2);
    CHECK(has(unknown.err, "did you mean '" + claim_name + "'?"));
}

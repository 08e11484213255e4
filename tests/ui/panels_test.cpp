// What stands in the panels.

#include <doctest/doctest.h>

#include <string>

#include "ui/ui.hpp"

using namespace tcpsm;
using namespace tcpsm::viz;

TEST_CASE("the TCB: shows every variable of RFC 9293's tables 2 and 3, in a narrow panel, too")
{
    for (const int width : {900, 1600}) {
        Ui ui(width, 900);
        ui.open("lost-final-ack", Time{2210ms});
        for (const char* const name :
             {"SND.UNA", "SND.NXT", "SND.WND", "SND.UP", "SND.WL1", "SND.WL2", "ISS", // table 2
              "RCV.NXT", "RCV.WND", "RCV.UP", "IRS",                                  // table 3
              "MAX.SND.WND"}) {
            CAPTURE(name);
            CHECK(ui.has(std::string("tcb.") + name));
        }
    }
}

TEST_CASE("many connections: a plot for each host stands above their list, and none where there are few")
{
    Look look;
    look.tab = Tab::connections;
    Ui ui(1600, 900, look);
    ui.open("netstat", Time{5900ms});
    CHECK(ui.has("counts.client"));
    CHECK(ui.has("counts.server"));
    ui.open("lost-final-ack", Time{1300ms});
    CHECK_FALSE(ui.has("counts.client"));
}

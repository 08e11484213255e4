# The library as a dependency: what it shows, what is installed, and a project that depends on it, in each way.

if(TARGET libtcpsm_shared)
    add_test(NAME "consumer/the shared library: shows the public API, and nothing of Boost or of the inside"
        COMMAND "${CMAKE_CURRENT_LIST_DIR}/symbols.sh" "$<TARGET_FILE:libtcpsm_shared>"
            "tcpsm::Network::run()" "tcpsm::Connection::transmit_due(" "tcpsm::ladder" "tcpsm::category()")
endif()
if(TARGET libtcpsm_scenario_shared)
    add_test(NAME "consumer/the shared library of scenarios: shows the public API, and nothing of the inside"
        COMMAND "${CMAKE_CURRENT_LIST_DIR}/symbols.sh" "$<TARGET_FILE:libtcpsm_scenario_shared>"
            "tcpsm::read_scenario" "tcpsm::Simulation::run()")
endif()

# The rest takes minutes where no ccache helps, because it compiles the library as subproject, with each compiler. So
# `ctest` alone leaves it out; it is run by: ctest -C consumer -L consumer. What is installed is this build, of both
# kinds.
if(NOT TARGET libtcpsm_scenario_shared OR NOT TARGET libtcpsm_scenario_static OR TCPSM_SANITIZE)
    return()
endif()
set(work "${PROJECT_BINARY_DIR}/consumer")
set(prefix "${work}/prefix")

# consumer_test(name [LOCK resource] [NEEDS fixture] [MAKES fixture] COMMAND command...)
function(consumer_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "LOCK;NEEDS;MAKES" "COMMAND")
    add_test(NAME "consumer/${name}" CONFIGURATIONS consumer COMMAND ${arg_COMMAND})
    set_tests_properties("consumer/${name}" PROPERTIES LABELS consumer TIMEOUT 900 SKIP_RETURN_CODE 77
        RESOURCE_LOCK "${arg_LOCK}" FIXTURES_REQUIRED "${arg_NEEDS}" FIXTURES_SETUP "${arg_MAKES}"
        ENVIRONMENT "SOURCE=${PROJECT_SOURCE_DIR};WORK=${work};PREFIX=${prefix}")
endfunction()

consumer_test("install: of this build, what packages have" MAKES consumer_prefix
    COMMAND "${CMAKE_CURRENT_LIST_DIR}/install.sh" "${PROJECT_BINARY_DIR}" "${prefix}")
consumer_test("install: each component has its files, and the library can be installed alone"
    COMMAND "${CMAKE_CURRENT_LIST_DIR}/install.sh")
consumer_test("find_package: gives the kind that is asked for" NEEDS consumer_prefix
    COMMAND "${CMAKE_CURRENT_LIST_DIR}/choices.sh")
foreach(way find_package pkg-config add_subdirectory FetchContent)
    foreach(kind static shared)
        foreach(compiler gcc clang)
            string(REPLACE "gcc" "g" command "${compiler}")
            set(fixture)
            if(way MATCHES "find_package|pkg-config")
                set(fixture consumer_prefix)
            endif()
            consumer_test("${way} ${kind} ${compiler}" LOCK consumer_${compiler} NEEDS "${fixture}"
                COMMAND "${CMAKE_CURRENT_LIST_DIR}/run.sh" ${way} ${kind} "${command}++")
        endforeach()
    endforeach()
endforeach()

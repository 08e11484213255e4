# What every package has of its own in share/doc: whose it is, and Debian's changelog.
include_guard()
set(TCPSM_CONTACT "The tcpsm authors <authors@tcpsm.invalid>" CACHE STRING "Who answers for the packages: NAME <MAIL>")
find_program(AWK awk)
find_program(GZIP gzip)

# The license in Debian's form: each line begins with a blank, and an empty one has a dot.
file(READ "${PROJECT_SOURCE_DIR}/LICENSE" license)
string(REGEX MATCH "Copyright \\(c\\) ([^\n]*)" holders "${license}")
set(holders "${CMAKE_MATCH_1}")
string(REGEX REPLACE "^.*Copyright[^\n]*\n+" "" license "${license}")
string(STRIP "${license}" license)
string(REPLACE "\n\n" "\n.\n" license "${license}")
string(REPLACE "\n" "\n " license " ${license}")
configure_file("${CMAKE_CURRENT_LIST_DIR}/copyright.in" "${PROJECT_BINARY_DIR}/package/copyright" @ONLY)

# tcpsm_doc(COMPONENT PACKAGE)
function(tcpsm_doc component package)
    set(doc "${PROJECT_BINARY_DIR}/package/${package}")
    set(destination "${CMAKE_INSTALL_DATADIR}/doc/${package}")
    install(FILES "${PROJECT_BINARY_DIR}/package/copyright" DESTINATION "${destination}" COMPONENT ${component})
    if(NOT AWK OR NOT GZIP)
        return()
    endif()
    string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC) # of SOURCE_DATE_EPOCH, where it is set
    file(MAKE_DIRECTORY "${doc}")
    execute_process(
        COMMAND "${AWK}" -f "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/changelog.awk" -v "package=${package}"
            -v "version=${PROJECT_VERSION}" -v "contact=${TCPSM_CONTACT}" -v "date=${date}"
            "${PROJECT_SOURCE_DIR}/CHANGELOG.md"
        COMMAND "${GZIP}" -9n
        OUTPUT_FILE "${doc}/changelog.gz" COMMAND_ERROR_IS_FATAL ANY)
    install(FILES "${doc}/changelog.gz" DESTINATION "${destination}" COMPONENT ${component})
endfunction()

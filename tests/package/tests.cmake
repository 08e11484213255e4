# What is installed beside the programs is in step with them. (check_packages.sh is for packages that have been built.)

if(TARGET man_pages)
    add_test(NAME "package/a man page: has what its program says for --help"
        COMMAND "${CMAKE_CURRENT_LIST_DIR}/man_pages.sh"
            "${PROJECT_BINARY_DIR}/bin" "${PROJECT_BINARY_DIR}/viz/package/man1")
endif()
if(TARGET tcpsm)
    add_test(NAME "package/completion: offers what the programs have"
        COMMAND "${CMAKE_CURRENT_LIST_DIR}/completion.sh"
            "${PROJECT_BINARY_DIR}/bin" "${PROJECT_SOURCE_DIR}/viz/package/completion.bash")
endif()

# What is installed: component runtime, the shared libraries; component dev, all that it takes to build with them.
set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/tcpsm")

# install_library(library export): its kinds, each with a file that makes its target, <export>-<kind>.cmake.
function(install_library library export)
    foreach(kind ${kinds})
        install(TARGETS ${library}_${kind} EXPORT ${export}-${kind}
            ARCHIVE COMPONENT dev
            LIBRARY COMPONENT runtime NAMELINK_COMPONENT dev)
        install(EXPORT ${export}-${kind} NAMESPACE tcpsm:: DESTINATION "${package_dir}" COMPONENT dev)
    endforeach()
endfunction()

# install_pc(name): where it lies tells it where the rest is, so that what is installed can be moved.
function(install_pc name)
    set(folder "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
    file(RELATIVE_PATH up "/${folder}" "/")
    string(REGEX REPLACE "/$" "" up "${up}")
    configure_file(package/${name}.pc.in ${name}.pc @ONLY)
    install(FILES "${CMAKE_CURRENT_BINARY_DIR}/${name}.pc" DESTINATION "${folder}" COMPONENT dev)
endfunction()

include(CMakePackageConfigHelpers)
write_basic_package_version_file(tcpsmConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES package/tcpsmConfig.cmake "${CMAKE_CURRENT_BINARY_DIR}/tcpsmConfigVersion.cmake"
    DESTINATION "${package_dir}" COMPONENT dev)
install(DIRECTORY include/ DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" COMPONENT dev PATTERN scenario EXCLUDE)
install_library(libtcpsm tcpsm)
install_pc(tcpsm)

# tcpsm::scenario comes last, and only where it was built: who builds the library alone installs that alone.
if(TARGET libtcpsm_scenario)
    set(file "$<TARGET_FILE:libtcpsm_scenario_${first_kind}>")
    install(CODE "if(NOT EXISTS \"${file}\")\n  return()\nendif()" ALL_COMPONENTS)
    install(DIRECTORY include/tcpsm/scenario DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/tcpsm" COMPONENT dev)
    install_library(libtcpsm_scenario tcpsm_scenario)
    set(requires_private)
    if("static" IN_LIST kinds)
        set(requires_private yaml-cpp)
    endif()
    install_pc(tcpsm-scenario)
endif()

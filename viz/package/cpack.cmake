# Debian's packages, by CPack: one for each component of the installation.
#   programs  tcpsm        both programs and what they need
#   runtime   libtcpsm0    the shared library
#   dev       libtcpsm-dev headers, static library, CMake package, pkg-config file
if(NOT PROJECT_IS_TOP_LEVEL OR NOT TCPSM_INSTALL)
    return()
endif()
include(GNUInstallDirs)
set(runtime_package libtcpsm${PROJECT_VERSION_MAJOR})
get_cmake_property(components COMPONENTS)
set(packaged)
foreach(component programs runtime dev)
    if(component IN_LIST components)
        list(APPEND packaged ${component})
    endif()
endforeach()
include("${CMAKE_CURRENT_LIST_DIR}/doc.cmake")
if(runtime IN_LIST packaged)
    tcpsm_doc(runtime ${runtime_package})
endif()
if(dev IN_LIST packaged)
    tcpsm_doc(dev libtcpsm-dev)
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_COMPONENTS_ALL ${packaged})
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_ENABLE_COMPONENT_DEPENDS ON) # -dev depends on just the library that it was built with
set(CPACK_PACKAGE_DIRECTORY "${PROJECT_BINARY_DIR}/packages")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS # whatever the umask is
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

set(CPACK_PACKAGE_CONTACT "${TCPSM_CONTACT}")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "") # each package has its own
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)

set(CPACK_DEBIAN_PROGRAMS_PACKAGE_NAME tcpsm)
set(CPACK_DEBIAN_PROGRAMS_PACKAGE_SECTION education)
set(CPACK_DEBIAN_PROGRAMS_PACKAGE_DEPENDS fonts-dejavu-core) # the window's letters
# For the window in Chinese any of these will do, the small one where none is there.
set(CPACK_DEBIAN_PROGRAMS_PACKAGE_RECOMMENDS
    "fonts-wqy-microhei | fonts-noto-cjk | fonts-wqy-zenhei | fonts-droid-fallback")
set(CPACK_DEBIAN_PROGRAMS_PACKAGE_SUGGESTS ffmpeg) # videos
set(CPACK_DEBIAN_PROGRAMS_DESCRIPTION "userspace TCP that a class can watch
Scripted hosts talk TCP over a simulated network with loss and delay, on a
virtual clock, and every line of what happened says why, by RFC 9293. All
eleven states are there, simultaneous close included.
.
tcpsm, the command, runs scenarios and shows them as ladders, pictures or
JSON, goes through them event by event, and puts what people say of TCP to the
test.
.
tcpsm-viz, the window, plays them: stop, step back, lose a segment by a
click, and compare both futures.")

set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME ${runtime_package})
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_RUNTIME_DESCRIPTION "userspace TCP by RFC 9293, simulated: shared library
TCP connections, hosts and networks as values of C++, on a virtual clock: a
copy of a network is a snapshot, and the same seed gives the same run.
.
This package has the shared library.")

set(CPACK_DEBIAN_DEV_PACKAGE_NAME libtcpsm-dev)
set(CPACK_DEBIAN_DEV_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEV_PACKAGE_DEPENDS libyaml-cpp-dev) # tcpsm::scenario, the static library, is linked with it
set(CPACK_DEBIAN_DEV_DESCRIPTION "userspace TCP by RFC 9293, simulated: development files
TCP connections, hosts and networks as values of C++, on a virtual clock: a
copy of a network is a snapshot, and the same seed gives the same run.
.
This package has the headers, the static library, the CMake package and the
pkg-config file.")
if(runtime IN_LIST packaged)
    set(CPACK_COMPONENT_DEV_DEPENDS runtime)
    # One shared library may need another of the same build.
    set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS "${PROJECT_BINARY_DIR}/libtcpsm")
    set(CPACK_POST_BUILD_SCRIPTS "${CMAKE_CURRENT_LIST_DIR}/ldconfig.cmake")
endif()

include(CPack)

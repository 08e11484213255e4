#pragma once
// The version of this library. CMake reads it here, so it is said once.

#define TCPSM_VERSION "0.1.0"
#define TCPSM_VERSION_MAJOR 0
#define TCPSM_VERSION_MINOR 1
#define TCPSM_VERSION_PATCH 0

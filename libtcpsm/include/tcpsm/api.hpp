#pragma once

/// Marks a namespace: what is declared in it can be used by who links the shared library, which hides all else.
#define TCPSM_API [[gnu::visibility("default")]]

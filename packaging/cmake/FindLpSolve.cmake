# SPDX-License-Identifier: GPL-3.0-or-later
# lp_solve 5.5 comes without a CMake or pkg-config file. Makes the target LpSolve::LpSolve: the static library, with
# COLAMD, which it calls; Debian keeps the shared one outside the linker's folders, next to the lp_solve program.
find_path(LpSolve_INCLUDE_DIR lpsolve/lp_lib.h)
find_library(LpSolve_LIBRARY NAMES liblpsolve55_pic.a lpsolve55)
find_library(LpSolve_COLAMD_LIBRARY colamd)
mark_as_advanced(LpSolve_INCLUDE_DIR LpSolve_LIBRARY LpSolve_COLAMD_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(LpSolve REQUIRED_VARS LpSolve_LIBRARY LpSolve_COLAMD_LIBRARY LpSolve_INCLUDE_DIR)

if(LpSolve_FOUND AND NOT TARGET LpSolve::LpSolve)
  add_library(LpSolve::LpSolve UNKNOWN IMPORTED)
  set_target_properties(LpSolve::LpSolve PROPERTIES
    IMPORTED_LOCATION ${LpSolve_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${LpSolve_INCLUDE_DIR}
    INTERFACE_LINK_LIBRARIES "${LpSolve_COLAMD_LIBRARY};${CMAKE_DL_LIBS};m")
endif()

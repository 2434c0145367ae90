# SPDX-License-Identifier: Apache-2.0
# OpenCV by its own CMake package where that is installed, else by its headers and libraries. Debian keeps the package
# in libopencv-dev, which brings all of OpenCV and 180 packages behind it; we use three of its libraries.
find_package(OpenCV CONFIG QUIET COMPONENTS ${OpenCV_FIND_COMPONENTS})
if(OpenCV_FOUND)
  return()
endif()

find_path(OpenCV_INCLUDE_DIRS opencv2/core.hpp PATH_SUFFIXES opencv4)
mark_as_advanced(OpenCV_INCLUDE_DIRS)
foreach(component ${OpenCV_FIND_COMPONENTS})
  find_library(OpenCV_${component}_LIBRARY opencv_${component})
  mark_as_advanced(OpenCV_${component}_LIBRARY)
  find_path(OpenCV_${component}_INCLUDE_DIR opencv2/${component}.hpp HINTS ${OpenCV_INCLUDE_DIRS} PATH_SUFFIXES opencv4)
  mark_as_advanced(OpenCV_${component}_INCLUDE_DIR)
  if(NOT OpenCV_${component}_LIBRARY OR NOT OpenCV_${component}_INCLUDE_DIR)
    continue()
  endif()
  set(OpenCV_${component}_FOUND TRUE)
  if(NOT TARGET opencv_${component})
    add_library(opencv_${component} SHARED IMPORTED)
    set_target_properties(opencv_${component} PROPERTIES IMPORTED_LOCATION ${OpenCV_${component}_LIBRARY}
      INTERFACE_INCLUDE_DIRECTORIES ${OpenCV_INCLUDE_DIRS})
    if(NOT component STREQUAL "core")
      target_link_libraries(opencv_${component} INTERFACE opencv_core)
    endif()
  endif()
endforeach()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(OpenCV REQUIRED_VARS OpenCV_INCLUDE_DIRS HANDLE_COMPONENTS
  REASON_FAILURE_MESSAGE "on Debian and Ubuntu, ./dev deps installs what is needed")

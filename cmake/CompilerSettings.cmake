# SPDX-License-Identifier: Apache-2.0
# Settings that belong to our own targets only. Nothing here changes what a project that embeds reelface compiles with.
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()

find_program(REELFACE_CCACHE ccache)
if(REELFACE_CCACHE AND PROJECT_IS_TOP_LEVEL)
  # Precompiled headers need the two sloppiness flags, see ccache's manual.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${REELFACE_CCACHE})
endif()

add_library(reelface_compiler_settings INTERFACE)
target_compile_features(reelface_compiler_settings INTERFACE cxx_std_17)
target_compile_options(reelface_compiler_settings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
  $<$<BOOL:${REELFACE_WARNINGS_AS_ERRORS}>:-Werror>)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(reelface_compiler_settings INTERFACE -fpch-preprocess)
elseif(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  target_compile_options(reelface_compiler_settings INTERFACE "SHELL:-Xclang -fno-pch-timestamp")
endif()

if(REELFACE_HARDENED AND NOT REELFACE_SANITIZE AND NOT REELFACE_COVERAGE)
  include(Hardening)
endif()

if(REELFACE_SANITIZE)
  # The vptr check reports inside the distribution's libtbb and LibTorch, which are built without type information for it.
  set(flags -fsanitize=${REELFACE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
  if(REELFACE_SANITIZE MATCHES "undefined")
    list(APPEND flags -fno-sanitize=vptr)
  endif()
  target_compile_options(reelface_compiler_settings INTERFACE ${flags})
  # What GCC defines by itself, and Clang says in another way.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    foreach(sanitizer address thread)
      if(REELFACE_SANITIZE MATCHES ${sanitizer})
        string(TOUPPER ${sanitizer} name)
        target_compile_definitions(reelface_compiler_settings INTERFACE __SANITIZE_${name}__=1)
      endif()
    endforeach()
  endif()
  target_link_options(reelface_compiler_settings INTERFACE ${flags})
endif()
if(REELFACE_COVERAGE)
  target_compile_options(reelface_compiler_settings INTERFACE --coverage)
  target_link_options(reelface_compiler_settings INTERFACE --coverage)
endif()

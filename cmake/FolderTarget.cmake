# SPDX-License-Identifier: Apache-2.0
# To read the standard library's headers takes a third of what the small sources here take to compile: they are read once
# for all. Not with a compiler cache: what it knows would not be found again in another folder. So developers and
# clang-tidy read them each time, and notice an #include that is missing; sanitizers read them each time as well.
set(REELFACE_PRECOMPILES OFF)
if(NOT REELFACE_SANITIZE AND NOT REELFACE_CCACHE)
  set(REELFACE_PRECOMPILES ON)
  file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/precompiled.cpp CONTENT "")
  add_library(reelface_precompiled OBJECT EXCLUDE_FROM_ALL ${PROJECT_BINARY_DIR}/precompiled.cpp)
  # What GCC 12 wrongly warns of inside "text" + string (its bug 105651) it hides in a system's header, but not in this one.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(reelface_compiler_settings INTERFACE -Wno-array-bounds -Wno-stringop-overflow
      -Wno-stringop-overread)
  endif()
  target_link_libraries(reelface_precompiled PRIVATE reelface_compiler_settings)
  target_precompile_headers(reelface_precompiled PRIVATE <algorithm> <array> <cmath> <cstdint> <filesystem> <functional>
    <map> <memory> <mutex> <optional> <string> <string_view> <utility> <vector>)
endif()

# reelface_add_folder(<name> [INTERNAL] [OWN_HEADERS] [TOGETHER] [HEADERS dir] [FOLDERS dirs…] [PUBLIC libs…] [PRIVATE libs…])
# One folder is one target: every .cpp beside the calling CMakeLists.txt and below (or in FOLDERS and below) goes into
# reelface::<name>; every header in include/reelface/<name> is installed. CONFIGURE_DEPENDS makes a new file enough:
# there is no list to keep. main.cpp and module.cpp are left out: programs and modules made of the folder start there.
# TOGETHER: with REELFACE_COMPILES_TOGETHER its sources are compiled a dozen at a time. Names in unnamed namespaces must differ
# within such a folder, then.
# INTERNAL: not installed. OWN_HEADERS: precompiles headers of its own.
function(reelface_add_folder name)
  cmake_parse_arguments(arg "INTERNAL;OWN_HEADERS;TOGETHER" "HEADERS" "PUBLIC;PRIVATE;FOLDERS" ${ARGN})
  set(patterns *.cpp)
  if(arg_FOLDERS)
    list(TRANSFORM arg_FOLDERS APPEND /*.cpp OUTPUT_VARIABLE patterns)
  endif()
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} ${patterns})
  list(FILTER sources EXCLUDE REGEX "^(main|module)\\.cpp$")
  if(NOT arg_HEADERS)
    set(arg_HEADERS ${name})
  endif()
  file(GLOB headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/include/reelface/${arg_HEADERS}/*.h)

  add_library(reelface_${name} ${sources})
  add_library(reelface::${name} ALIAS reelface_${name})
  set_target_properties(reelface_${name} PROPERTIES EXPORT_NAME ${name})
  target_sources(reelface_${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR}/include FILES ${headers})
  target_include_directories(reelface_${name} PRIVATE
    ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/include)
  target_compile_features(reelface_${name} PUBLIC cxx_std_17)
  target_link_libraries(reelface_${name}
    PUBLIC ${arg_PUBLIC}
    PRIVATE ${arg_PRIVATE} $<BUILD_INTERFACE:reelface_compiler_settings>)
  if(REELFACE_PRECOMPILES AND NOT arg_OWN_HEADERS)
    target_precompile_headers(reelface_${name} REUSE_FROM reelface_precompiled)
  endif()
  if(REELFACE_COMPILES_TOGETHER AND arg_TOGETHER)
    set_target_properties(reelface_${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 12)
  endif()
  if(NOT arg_INTERNAL)
    set_property(GLOBAL APPEND PROPERTY REELFACE_TARGETS reelface_${name})
  endif()
endfunction()

# reelface_add_kernels(<path>): inner loops in <path>_kernels*.cpp, compiled once for each instruction set; which one
# runs is decided when the program does.
function(reelface_add_kernels path)
  set(options -O3 -ffp-contract=fast)
  set_source_files_properties(${path}_kernels.cpp PROPERTIES COMPILE_OPTIONS "${options}")
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    set_source_files_properties(${path}_kernels_avx2.cpp PROPERTIES
      COMPILE_OPTIONS "${options};-mavx2;-mfma")
    set_source_files_properties(${path}_kernels_avx512.cpp PROPERTIES
      COMPILE_OPTIONS "${options};-mavx512f;-mfma;-mprefer-vector-width=512")
  endif()
  file(GLOB kernels CONFIGURE_DEPENDS ${path}_kernels*.cpp)
  set_source_files_properties(${kernels} PROPERTIES SKIP_PRECOMPILE_HEADERS ON)  # other instructions than all the rest
endfunction()

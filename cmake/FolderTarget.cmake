# reelface_add_folder(<name> [INTERNAL] [HEADERS dir] [GLOBS patterns…] [EXCLUDE files…] [SUBFOLDERS dirs…] [PUBLIC libs…] [PRIVATE libs…])
# One folder is one target: every .cpp beside the calling CMakeLists.txt and in SUBFOLDERS goes into reelface::<name>
# (or what GLOBS says), every header in include/reelface/<name> is its public face. CONFIGURE_DEPENDS makes a new file
# enough: there is no list to keep. INTERNAL: not installed.
function(reelface_add_folder name)
  cmake_parse_arguments(arg "INTERNAL" "HEADERS" "PUBLIC;PRIVATE;SUBFOLDERS;EXCLUDE;GLOBS" ${ARGN})
  set(patterns ${arg_GLOBS})
  if(NOT patterns)
    set(patterns *.cpp)
    foreach(folder IN LISTS arg_SUBFOLDERS)
      list(APPEND patterns ${folder}/*.cpp)
    endforeach()
  endif()
  file(GLOB sources CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} ${patterns})
  if(arg_EXCLUDE)
    list(REMOVE_ITEM sources ${arg_EXCLUDE})
  endif()
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
endfunction()

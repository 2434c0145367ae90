# SPDX-License-Identifier: Apache-2.0
# Films and models come from strangers. What a fault in our code would let them do is narrowed here; tests/cli/hardening_test
# looks at the programs that come out. Sanitizers have checks of their own, which these get in the way of.
include(CheckPIESupported)
include(CheckCXXSourceCompiles)
include(CheckLinkerFlag)
check_pie_supported()

# Level 3 also knows sizes that are settled when the program runs.
check_cxx_source_compiles("
  #if !__has_builtin(__builtin_dynamic_object_size)
  #error
  #endif
  int main() {}" REELFACE_CAN_FORTIFY_3)
set(level 2)
if(REELFACE_CAN_FORTIFY_3)
  set(level 3)
endif()
# Checked copies need an optimiser; some compilers come with a level of their own, which has to go first.
set(optimised "$<NOT:$<CONFIG:Debug>>")
target_compile_options(reelface_compiler_settings INTERFACE -fstack-protector-strong
  $<${optimised}:-U_FORTIFY_SOURCE> $<${optimised}:-D_FORTIFY_SOURCE=${level}>)
target_compile_definitions(reelface_compiler_settings INTERFACE $<${optimised}:_GLIBCXX_ASSERTIONS>)

# With them GCC 12 sees overlaps in the standard library's own "text" + string that are not there (its bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(reelface_compiler_settings INTERFACE -Wno-restrict)
endif()

foreach(flag relro now noexecstack)
  check_linker_flag(CXX -Wl,-z,${flag} REELFACE_LINKS_${flag})
  if(REELFACE_LINKS_${flag})
    target_link_options(reelface_compiler_settings INTERFACE -Wl,-z,${flag})
  endif()
endforeach()

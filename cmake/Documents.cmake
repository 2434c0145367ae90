# SPDX-License-Identifier: Apache-2.0
# The manual and what shells complete words with, made by the program itself from its table of options, and installed where
# man and the shells look. Part of building the program, so that whoever has it can install it. A build for another machine
# cannot run the program, and goes without.
if(CMAKE_CROSSCOMPILING)
  return()
endif()

set(documents ${PROJECT_BINARY_DIR}/documents)
file(MAKE_DIRECTORY ${documents})
set(manual ${documents}/reelface.1)
set(pack)
find_program(GZIP gzip)
if(GZIP)
  # Without name and time inside, so that two builds give the same file.
  set(pack COMMAND ${GZIP} -9 -n -f ${manual})
  set(manual ${manual}.gz)
endif()
add_custom_command(TARGET reelface POST_BUILD
  COMMAND reelface options --man > ${documents}/reelface.1
  ${pack}
  COMMAND reelface options --completions bash > ${documents}/reelface
  COMMAND reelface options --completions zsh > ${documents}/_reelface
  COMMAND reelface options --completions fish > ${documents}/reelface.fish
  COMMENT "Manual and completions" VERBATIM)

install(FILES ${manual} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)
install(FILES ${documents}/reelface DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT program)
install(FILES ${documents}/reelface.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT program)
# zsh looks in site-functions; Debian's packages leave that to the administrator and have a folder of their own.
install(FILES ${documents}/_reelface DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions COMPONENT local)
install(FILES ${documents}/_reelface DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions COMPONENT program EXCLUDE_FROM_ALL)

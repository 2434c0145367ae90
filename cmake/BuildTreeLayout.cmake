# SPDX-License-Identifier: Apache-2.0
# Programs look for the library of networks and the models beside themselves, as an installation has them. Links give the
# build tree the same shape around every folder that programs are built in, so that nothing that is installed has to know
# where it was built.
function(reelface_link_in_build_tree link target)
  cmake_path(ABSOLUTE_PATH link BASE_DIRECTORY ${PROJECT_BINARY_DIR} NORMALIZE)
  cmake_path(IS_PREFIX PROJECT_BINARY_DIR ${link} is_inside)
  if(is_inside)  # not with an installation that is spread over places far apart
    cmake_path(GET link PARENT_PATH parent)
    file(MAKE_DIRECTORY ${parent})
    file(CREATE_LINK ${target} ${link} SYMBOLIC)
  endif()
endfunction()

file(RELATIVE_PATH networks_from_program ${CMAKE_INSTALL_FULL_BINDIR}
  ${CMAKE_INSTALL_FULL_LIBDIR}/reelface/${REELFACE_NETWORKS_FILE})
foreach(folder src/app tests tests/bench tests/fuzz examples)
  reelface_link_in_build_tree(${folder}/../share/reelface/models ${PROJECT_SOURCE_DIR}/models)
  reelface_link_in_build_tree(${folder}/${networks_from_program} ${PROJECT_BINARY_DIR}/lib/${REELFACE_NETWORKS_FILE})
endforeach()

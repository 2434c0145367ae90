# SPDX-License-Identifier: Apache-2.0
# cpack makes Debian packages: `reelface` (program, networks, models), which needs no compiler, and `libreelface-dev`.
# What the program needs is worked out by dpkg-shlibdeps from the libraries it was linked with, so a package fits the
# release of the distribution that it was built on.
find_program(DPKG dpkg)
if(NOT DPKG OR REELFACE_INFERENCE_ONLY)
  return()
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME reelface)
set(CPACK_PACKAGE_VENDOR "The Reelface authors")
set(CPACK_PACKAGE_CONTACT "The Reelface authors <maintainers@reelface.invalid>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)
# Packages hold the two components and nothing that other projects might install beside them.
set(CPACK_COMPONENTS_ALL program development)
set(CPACK_COMPONENTS_GROUPING ONE_PER_GROUP)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME reelface)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION video)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PROGRAM_DESCRIPTION "Reelface finds the faces of a film, follows them from frame to frame and
restores them steadily. Sound, subtitles, time stamps and all that is not
a face stay as they were. It works on a CPU, and on a graphics card with
GFPGAN checkpoints that the user fetches.")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libreelface-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
string(CONCAT CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS
  "reelface (= ${PROJECT_VERSION}), libavcodec-dev, libavfilter-dev, libavformat-dev, libavutil-dev, libcpp-httplib-dev, libcurl4-openssl-dev | "
  "libcurl4-gnutls-dev, libopencv-core-dev, libopencv-imgproc-dev, libopencv-video-dev, libspdlog-dev, libswscale-dev, "
  "libtbb-dev, nlohmann-json3-dev")
set(CPACK_DEBIAN_DEVELOPMENT_DESCRIPTION "Static libraries, headers and a CMake package for programs that restore or
analyse films, add steps of their own, or work on films in parts.")

# Where Debian expects to find out about a package.
find_program(GZIP gzip REQUIRED)
foreach(package reelface libreelface-dev)
  set(component program)
  if(package STREQUAL "libreelface-dev")
    set(component development)
  endif()
  install(FILES ${CMAKE_CURRENT_LIST_DIR}/packaging/copyright DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${package}
    COMPONENT ${component})
  install(FILES ${PROJECT_BINARY_DIR}/changelog.gz ${PROJECT_BINARY_DIR}/CHANGELOG.md.gz DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${package}
    COMPONENT ${component})
endforeach()
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/CHANGELOG.md)

# Debian's changelog has a form of its own and a date, the one in CHANGELOG.md's first heading: "## 0.2.0 (2026-11-29)".
file(READ ${PROJECT_SOURCE_DIR}/CHANGELOG.md changes)
if(NOT changes MATCHES "\n## ${PROJECT_VERSION} \\(([0-9-]+)\\)\n")
  message(FATAL_ERROR "CHANGELOG.md has no heading '## ${PROJECT_VERSION} (YEAR-MONTH-DAY)'")
endif()
execute_process(COMMAND date -u -R -d ${CMAKE_MATCH_1} OUTPUT_VARIABLE release_date OUTPUT_STRIP_TRAILING_WHITESPACE
  COMMAND_ERROR_IS_FATAL ANY)
file(WRITE ${PROJECT_BINARY_DIR}/changelog "${CPACK_PACKAGE_NAME} (${PROJECT_VERSION}) unstable; urgency=medium\n\n"
  "  * A new version; CHANGELOG.md.gz says what is new.\n\n -- ${CPACK_PACKAGE_CONTACT}  ${release_date}\n")
# Without name and time inside, so that two builds give the same files.
execute_process(COMMAND ${GZIP} -9 -n -c INPUT_FILE ${PROJECT_BINARY_DIR}/changelog
  OUTPUT_FILE ${PROJECT_BINARY_DIR}/changelog.gz COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${GZIP} -9 -n -c INPUT_FILE ${PROJECT_SOURCE_DIR}/CHANGELOG.md
  OUTPUT_FILE ${PROJECT_BINARY_DIR}/CHANGELOG.md.gz COMMAND_ERROR_IS_FATAL ANY)

include(CPack)

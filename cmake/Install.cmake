# SPDX-License-Identifier: Apache-2.0
# install + find_package(reelface). Two components: `program`, what restores films, and `development`, the library.
include(CMakePackageConfigHelpers)
get_property(targets GLOBAL PROPERTY REELFACE_TARGETS)
install(TARGETS ${targets} EXPORT reelfaceTargets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development
  FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)
install(EXPORT reelfaceTargets NAMESPACE reelface:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/reelface COMPONENT development)
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/reelfaceConfig.cmake.in
  ${PROJECT_BINARY_DIR}/reelfaceConfig.cmake INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/reelface)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/reelfaceConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/reelfaceConfig.cmake ${PROJECT_BINARY_DIR}/reelfaceConfigVersion.cmake
  ${CMAKE_CURRENT_LIST_DIR}/FindOpenCV.cmake
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/reelface COMPONENT development)

# Every outside library, found once, from the distribution.
find_package(Threads REQUIRED)
find_package(nlohmann_json REQUIRED)
# LibTorch's own config asks for CUDA only when it was built with it.
find_package(Torch REQUIRED)

if(NOT REELFACE_INFERENCE_ONLY)
  find_package(PkgConfig REQUIRED)
  pkg_check_modules(LIBAV REQUIRED IMPORTED_TARGET
    libavformat>=58.76 libavcodec>=58.134 libavutil>=56.70 libavfilter>=7.110 libswscale>=5.9)
  find_package(OpenCV REQUIRED COMPONENTS core imgproc video)
  find_package(TBB REQUIRED)
  find_package(spdlog REQUIRED)
  find_package(CLI11 REQUIRED)
  find_package(CURL REQUIRED)
endif()
if(REELFACE_BUILD_TESTS)
  find_package(GTest REQUIRED)
endif()
if(REELFACE_BUILD_BENCH AND NOT REELFACE_INFERENCE_ONLY)
  find_package(benchmark REQUIRED)
endif()

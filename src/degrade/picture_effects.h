// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include <opencv2/core.hpp>

#include "degrade/degrade_recipe.h"

namespace reelface {

// Effects on one RGB picture, CV_32FC3, 0..1 nominal, in place. Each does nothing when the recipe switches it off.

// lens_effects.cpp
void blur(cv::Mat& picture, const DegradeRecipe& recipe);
void shift(cv::Mat& picture, double dx, double dy);
void resize(cv::Mat& picture, int width, int height);

// sensor_effects.cpp
void add_noise(cv::Mat& picture, const DegradeRecipe& recipe, std::int64_t frame);

// block_compression.cpp
void compress_blocks(cv::Mat& picture, double quality);

// tape_effects.cpp
void smear_chroma(cv::Mat& picture, const DegradeRecipe& recipe);
void jitter_lines(cv::Mat& picture, const DegradeRecipe& recipe, std::int64_t frame);
void weave_fields(cv::Mat& picture, const cv::Mat& previous);

// film_effects.cpp
cv::Point2d gate_position(const DegradeRecipe& recipe, std::int64_t frame);
void add_grain(cv::Mat& picture, const DegradeRecipe& recipe, std::int64_t frame);
void age_colours(cv::Mat& picture, const DegradeRecipe& recipe);
/// What the frame's brightness is multiplied by.
double flicker_gain(const DegradeRecipe& recipe, std::int64_t frame);

// film_damage.cpp. They return how many of them lie in the picture.
int add_dust(cv::Mat& picture, const DegradeRecipe& recipe, std::int64_t frame);
int add_scratches(cv::Mat& picture, const DegradeRecipe& recipe, std::int64_t frame);

}  // namespace reelface

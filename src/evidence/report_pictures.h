// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/core/rgb_image.h"
#include "report/report_data.h"

namespace reelface {

/// A picture for a report: at most 1080 pixels long.
RgbImage8 report_picture(const RgbImageF& picture);

/// A small square for a report, shrunk or enlarged.
RgbImage8 report_square(const RgbImageF& picture, int side);

/// As a report holds it. Quality 1..100.
ReportImage report_image(const RgbImage8& picture, int quality = 88);

}  // namespace reelface

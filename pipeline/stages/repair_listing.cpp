// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/repair_listing.h"

#include <string>

namespace reelface {
namespace {

ListedRepair listed_at(const cv::Rect& box, DefectSign sign, const FrameJob& job) {
  ListedRepair repair;
  repair.frame = job.index;
  const FrameFacts& facts = job.frame->facts();
  repair.time = static_cast<double>(facts.pts) * facts.time_base.value();
  repair.sign = sign == DefectSign::kDark ? "dark" : "light";
  repair.box = {box.x, box.y, box.width, box.height};
  return repair;
}

}  // namespace

ListedRepair listed(const Defect& defect, const FrameJob& job) {
  ListedRepair repair = listed_at(defect.box, defect.found.sign, job);
  repair.kind = "dirt";
  repair.area = defect.area();
  repair.contrast = defect.found.contrast;
  repair.from = (defect.filled_from > 0 ? "+" : "") + std::to_string(defect.filled_from);
  return repair;
}

ListedRepair listed(const Scratch& scratch, const FrameJob& job) {
  ListedRepair repair = listed_at(scratch.box, scratch.line.sign, job);
  repair.kind = "scratch";
  repair.area = scratch.area;
  repair.contrast = scratch.contrast;
  repair.from = "sides";
  return repair;
}

std::vector<ListedRepair> listed_repairs(const FrameJob& job) {
  std::vector<ListedRepair> repairs;
  const RepairWork* const work = job.work.get<RepairWork>();
  if (!work || !job.frame) return repairs;
  for (const Defect& defect : work->defects) repairs.push_back(listed(defect, job));
  for (const Scratch& scratch : work->scratches) repairs.push_back(listed(scratch, job));
  return repairs;
}

}  // namespace reelface

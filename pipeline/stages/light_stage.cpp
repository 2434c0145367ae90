// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/light_stage.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <utility>

#include "faces/template_crop.h"
#include "image/crop.h"
#include "image/display_geometry.h"
#include "image/frame_part.h"
#include "image/mapped_bounds.h"
#include "image/small_copy.h"
#include "light/scene_light.h"
#include "pipeline/graph/frame_windows.h"
#include "pipeline/stages/enlarged_picture.h"
#include "pipeline/stages/layout_stage.h"
#include "reelface/restore/face_work.h"

namespace reelface {
namespace {

constexpr std::ptrdiff_t kLightReach =
    24;                          // frames to either side: light that changes within a second is seen to change
constexpr int kSceneSide = 320;  // of the small copy that light is measured on

/// The tiles of a frame, or all of its picture. Beside a screen there may be nobody.
std::vector<PictureArea> pictures_of(const FrameJob& job) {
  const LayoutWork* const layout = job.work.get<LayoutWork>();
  if (layout && (!layout->tiles.empty() || !layout->screens.empty())) return layout->tiles;
  return {picture_area(job.frame->facts())};
}

const FaceWork& work_on_faces(const FrameJob& job) {
  return *job.work.get<FaceWork>();  // which the step that tracks has made
}

double skin_of(const FrameJob& job, const Affine& coded_to_crop) {
  return measure_skin(extract_crop(*job.frame, coded_to_crop, kSkinCrop).view());
}

/// The pixels that a rectangle covers once it is mapped.
PixelBox box_of(const Affine& map, const Position& first, const Position& last) {
  const MappedBounds bounds = mapped_bounds(map, first, last);
  const auto pixel = [](double place) { return static_cast<int>(std::lround(place)); };
  return {pixel(bounds.left) + 1, pixel(bounds.top) + 1, pixel(bounds.right), pixel(bounds.bottom)};
}

PixelBox box_in(const SmallCopy& small, const PictureArea& area) {
  return box_of(small.from_coded, {area.x - 0.5, area.y - 0.5},
                {area.x + area.width - 0.5, area.y + area.height - 0.5});
}

/// Faces of a frame, and where they are.
struct SeenFace {
  Affine crop_to_coded;
  Position centre;
  double skin = 0;
};

/// Hair and neck as well: the crop reaches from above the forehead to below the chin.
std::vector<PixelBox> heads_in(const SmallCopy& small, const std::vector<SeenFace>& faces) {
  std::vector<PixelBox> heads;
  heads.reserve(faces.size());
  for (const SeenFace& face : faces)
    heads.push_back(box_of(chain(face.crop_to_coded, small.from_coded), {0, 0}, {kSkinCrop - 1, kSkinCrop - 1}));
  return heads;
}

std::vector<SeenFace> faces_of(const FrameJob& job) {
  const Affine to_display = coded_to_display(job.frame->facts());
  const double centre = (kSkinCrop - 1) / 2.0;
  std::vector<SeenFace> faces;
  for (const FaceJob& face : work_on_faces(job).faces) {
    const Affine to_crop = coded_to_crop(to_display, face.track.alignment.to_template, kSkinCrop);
    const Affine from_crop = to_crop.inverse();
    faces.push_back({from_crop, from_crop.apply(Position{centre, centre}), skin_of(job, to_crop)});
  }
  return faces;
}

std::optional<double> mean_skin(const std::vector<SeenFace>& faces, const PictureArea& area) {
  double sum = 0;
  int count = 0;
  for (const SeenFace& face : faces) {
    if (!contains(area, face.centre)) continue;
    sum += face.skin;
    ++count;
  }
  if (count == 0) return std::nullopt;
  return sum / count;
}

/// The same tile. What is as dark as the ground beside it may seem to belong to the one or to the other.
bool show_the_same(const PictureArea& one, const PictureArea& other) {
  constexpr int kGround = 24;
  const auto near = [](int first, int second) { return std::abs(first - second) <= kGround; };
  return near(one.x, other.x) && near(one.y, other.y) && near(one.x + one.width, other.x + other.width) &&
         near(one.y + one.height, other.y + other.height);
}

PictureArea common(const PictureArea& one, const PictureArea& other) {
  const int left = std::max(one.x, other.x), top = std::max(one.y, other.y);
  return {left, top, std::min(one.x + one.width, other.x + other.width) - left,
          std::min(one.y + one.height, other.y + other.height) - top};
}

/// What is known of a frame.
struct SeenLight {
  std::vector<SeenFace> faces;
  std::vector<LitPicture> pictures;  ///< what each needs by itself
};

class FindingLight : public FrameWindows<SeenLight> {
 public:
  FindingLight() : FrameWindows({kLightReach, kLightReach}) {}

 private:
  bool starts_shot(const FrameJob& job) const override { return work_on_faces(job).starts_shot; }

  /// Nothing is to be done where nobody is.
  std::optional<SeenLight> keep(FrameJob& job, const FrameWindow<SeenLight>&) override {
    if (!job.frame->facts().layout.editable) return std::nullopt;
    SeenLight seen{faces_of(job), {}};
    std::optional<SmallCopy> small;
    for (const PictureArea& area : pictures_of(job)) {
      seen.pictures.push_back({area, {}});
      const std::optional<double> skin = mean_skin(seen.faces, area);
      if (!skin) continue;
      if (!small) small = make_small_copy(*job.frame, kSceneSide);
      const SceneLight scene =
          measure_scene_light(small->picture.view(), box_in(*small, area), heads_in(*small, seen.faces));
      seen.pictures.back().change = wanted_light(scene, *skin);
    }
    return seen;
  }

  void complete(FrameJob& job, const FrameWindow<SeenLight>& window) override {
    const SeenLight& own = *window.at(0);
    LightWork work;
    for (const LitPicture& picture : own.pictures) {
      work.pictures.push_back(mean_of(picture.area, window));
      note_skin(own.faces, work.pictures.back(), *job.work.get<FaceWork>());
    }
    job.work.make<LightWork>() = std::move(work);
  }

  /// What all frames around see of a tile, and the mean of what they want for it.
  static LitPicture mean_of(const PictureArea& area, const FrameWindow<SeenLight>& window) {
    LightChange sum;
    LitPicture mean{area, {}};
    int count = 0;
    for (std::ptrdiff_t offset = -kLightReach; offset <= kLightReach; ++offset) {
      const SeenLight* const frame = window.at(offset);
      if (!frame) continue;
      for (const LitPicture& picture : frame->pictures) {
        if (!show_the_same(picture.area, area)) continue;
        mean.area = common(mean.area, picture.area);
        sum.add(picture.change, 1);
        ++count;
      }
    }
    mean.change.add(sum, 1.0 / count);
    return mean;
  }

  static void note_skin(const std::vector<SeenFace>& seen, const LitPicture& picture, FaceWork& work) {
    const ChannelCurves curves = light_curves(picture.change);
    for (std::size_t number = 0; number < seen.size(); ++number) {
      const double skin = seen[number].skin;
      if (contains(picture.area, seen[number].centre))
        work.faces[number].skin = SkinLight{skin, curves.at(1, static_cast<float>(skin))};
    }
  }
};

/// The same part of a picture that has been enlarged.
PictureArea enlarged(const PictureArea& area, const FrameFacts& from, const FrameFacts& to) {
  const auto place = [](int at, int before, int now, int shift) {
    return static_cast<int>(std::lround(static_cast<double>(at) * now / before)) >> shift << shift;
  };
  const int x_shift = to.layout.chroma_shift_x, y_shift = to.layout.chroma_shift_y;
  const int left = place(area.x, from.width, to.width, x_shift), top = place(area.y, from.height, to.height, y_shift);
  const bool reaches_right = area.x + area.width == from.width, reaches_bottom = area.y + area.height == from.height;
  const int right = reaches_right ? to.width : place(area.x + area.width, from.width, to.width, x_shift);
  const int bottom = reaches_bottom ? to.height : place(area.y + area.height, from.height, to.height, y_shift);
  return {left, top, right - left, bottom - top};
}

void relight(FrameGroup& group) {
  for (FrameJob& job : group.jobs) {
    const LightWork* const work = job.work.get<LightWork>();
    if (!job.frame || !work) continue;
    for (const LitPicture& picture : work->pictures) {
      const ChannelCurves curves = light_curves(picture.change);
      if (!curves.can_be_seen()) continue;
      const auto change = [&curves](Frame& part) { change_channels(part, curves); };
      change_part(*job.frame, picture.area, change);
      EnlargedPicture* const large = job.work.get<EnlargedPicture>();
      if (large && large->frame)
        change_part(*large->frame, enlarged(picture.area, job.frame->facts(), large->frame->facts()), change);
    }
  }
}

}  // namespace

bool changes_light(const FrameJob& job) {
  const LightWork* const work = job.work.get<LightWork>();
  return work && std::any_of(work->pictures.begin(), work->pictures.end(),
                             [](const LitPicture& picture) { return light_curves(picture.change).can_be_seen(); });
}

LookAhead make_light_stage(std::size_t frames_per_group) {
  StepNeeds needs;
  needs.reason = "finds how people are lit";
  needs.back = needs.ahead = {0, kLightReach};
  needs.stops_at_cut = true;
  needs.groups_held = groups_held_by_window(static_cast<std::size_t>(kLightReach), frames_per_group);
  return {"light", std::make_shared<FindingLight>(), std::move(needs)};
}

Stage make_relight_stage() {
  StepNeeds needs;
  needs.reason = "gives people in bad light more of it, and takes casts of colour away";
  return {"relight", Concurrency::kParallel, relight, 0, std::move(needs)};
}

}  // namespace reelface

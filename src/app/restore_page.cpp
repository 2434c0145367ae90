// SPDX-License-Identifier: Apache-2.0
#include "app/restore_page.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "app/film_figures.h"
#include "app/kept_moments.h"
#include "app/restore_page_text.h"
#include "core/spelled_number.h"
#include "evidence/report_pictures.h"
#include "image/crop.h"
#include "image/resized_frame.h"
#include "measure/bounded_series.h"
#include "pipeline/restore/film_record.h"
#include "reelface/image/frame_picture.h"
#include "reelface/restore/face_work.h"

namespace reelface {
namespace {

constexpr std::size_t kMostFaces = 6;
constexpr int kCropSide = 224;
constexpr int kPictureQuality = 86, kCropQuality = 84;

ReportImage picture_of(const Frame& frame) {
  return report_image(report_picture(frame_picture(frame)), kPictureQuality);
}

ReportImage crop_of(const Frame& frame, const Affine& frame_to_crop, int size) {
  return report_image(report_square(extract_crop(frame, frame_to_crop, size, CropBorder::kReplicate), kCropSide),
                      kCropQuality);
}

std::string clock_with_tenths(double seconds) {
  const auto minutes = static_cast<int>(seconds / 60);
  const std::string rest = fixed_spelled(seconds - 60 * minutes, 1);
  return std::to_string(minutes) + ":" + (rest.size() < 4 ? "0" : "") + rest;
}

/// "at 0:03.2: 14 places, 0.37 % of the picture"
std::string caption_of(const FrameRecord& record, double seconds) {
  return "at " + clock_with_tenths(seconds) + ": " + std::to_string(record.repairs) +
         (record.repairs == 1 ? " place, " : " places, ") + fixed_spelled(100 * record.repaired, 2) +
         " % of the picture";
}

StepNeeds needs_of_page(std::string reason, bool needs_original) {
  StepNeeds needs;
  needs.reason = std::move(reason);
  needs.needs_original = needs_original;
  if (needs_original) needs.memory.bytes_per_frame = bytes_of_frame;
  return needs;
}

}  // namespace

/// Runs inside the graph: see() in order on one thread, keep_pictures() on several.
class RestorePage::Watcher {
 public:
  explicit Watcher(const FilmSteps& film) {
    if (!film.are_none()) film_.emplace(film);
  }

  bool measures_film() const { return film_.has_value(); }

  void see(const FrameGroup& group) {
    for (const FrameJob& job : group.jobs) {
      if (job.frame) see(job);
    }
  }

  void keep_pictures(const FrameGroup& group) {
    for (const FrameJob& job : group.jobs) {
      if (job.frame && job.original && moments_.is_wanted(job.index)) moments_.keep(job.index, moment_of(job));
    }
  }

  void add_pictures(ReportData& data) const;
  void add_faces(ReportData& data, const RestoreReport& report) const;
  void add_charts(ReportData& data) const;
  void add_film_table(ReportData& data) const {
    if (film_) film_->add_table(data);
  }

 private:
  void see(const FrameJob& job) {
    const double time = seconds(job.frame->facts().pts, job.frame->facts().time_base);
    if (!first_seconds_) first_seconds_ = time;
    see_faces(job, time - *first_seconds_);
    if (!film_) return;
    const FrameRecord record = record_of(job);
    film_->see(job, record, time - *first_seconds_);
    if (record.repairs > 0)
      moments_.expect_repaired(job.index, record.repaired, caption_of(record, time - *first_seconds_));
  }

  void see_faces(const FrameJob& job, double time) {
    std::vector<double> strengths(kMostFaces, std::nan(""));
    double faces = 0;
    if (const auto* work = job.work.get<FaceWork>()) {
      for (const FaceJob& face : work->faces) {
        if (face.restored.samples.empty()) continue;
        ++faces;
        const std::optional<std::size_t> place = place_of(face.track.track_id, job.index, face.strength.total());
        if (place) strengths[*place] = 100 * face.strength.total();
      }
    }
    strengths.push_back(faces);
    series_.add(job.index, time, strengths);
  }

  /// Its column. The first frame in which it is restored to some purpose is worth a picture.
  std::optional<std::size_t> place_of(std::int64_t track, std::int64_t frame, double strength) {
    constexpr double kSomePurpose = 0.3;
    auto found = std::find(tracks_.begin(), tracks_.end(), track);
    if (found == tracks_.end()) {
      if (tracks_.size() == kMostFaces) return std::nullopt;
      found = tracks_.insert(tracks_.end(), track);
      is_shown_.push_back(false);
    }
    const auto place = static_cast<std::size_t>(found - tracks_.begin());
    if (!is_shown_[place] && strength > kSomePurpose) {
      is_shown_[place] = true;
      moments_.expect_first(frame);
    }
    return place;
  }

  KeptMoment moment_of(const FrameJob& job) const {
    const Frame& read = *job.original;
    KeptMoment moment;
    moment.before = picture_of(read);
    moment.after = picture_of(*job.frame);
    if (moments_.is_much_repaired(job.index)) moment.repairs = picture_of(with_repairs_in_red(job));
    const auto* work = job.work.get<FaceWork>();
    if (!work) return moment;
    const Affine frame_to_read = resizing_map(size_of(read.facts()), size_of(job.frame->facts())).inverse();
    for (const FaceJob& face : work->faces) {
      if (face.restored.samples.empty() || !face.crop) continue;
      const int size = face.crop->width;
      moment.crops.push_back({face.track.track_id, crop_of(read, face.coded_to_crop, size),
                              crop_of(*job.frame, chain(frame_to_read, face.coded_to_crop), size)});
    }
    return moment;
  }

  KeptMoments moments_;
  // Touched by see() only.
  std::optional<double> first_seconds_;
  std::vector<std::int64_t> tracks_;
  std::vector<bool> is_shown_;
  BoundedSeries series_{kMostFaces + 1};
  std::optional<FilmFigures> film_;  ///< where something is done to whole pictures
};

void RestorePage::Watcher::add_pictures(ReportData& data) const {
  constexpr std::size_t kMostPictures = 6;
  const auto add = [&data](const std::string& title, const std::string& where, const KeptMoment& moment) {
    data.pairs.push_back({title, where, moment.before, moment.after, {}});
  };
  std::set<std::int64_t> shown;
  for (const auto& [frame, moment] : moments_.firsts()) {
    if (data.pairs.size() == kMostPictures / 2 || moment.crops.empty()) break;
    add("Face " + std::to_string(moment.crops.back().track),
        "where it is first restored, frame " + std::to_string(frame), moment);
    shown.insert(frame);
  }
  for (const auto& [frame, moment] : moments_.spread()) {
    if (data.pairs.size() == kMostPictures) break;
    if (shown.count(frame) == 0) add("Frame " + std::to_string(frame), "", moment);
  }
  if (std::vector<ReportPair> repaired = moments_.repaired(); !repaired.empty())
    data.more_pairs.push_back({"Most repaired", std::move(repaired)});
}

void RestorePage::Watcher::add_faces(ReportData& data, const RestoreReport& report) const {
  std::map<std::int64_t, ReportTrack> tracks;
  for (const auto* moments : {&moments_.firsts(), &moments_.spread()}) {
    for (const auto& [frame, moment] : *moments) {
      if (moments == &moments_.firsts() && moments_.spread().count(frame) > 0) continue;
      for (const CropPair& pair : moment.crops) {
        if (tracks.size() == kMostFaces && tracks.count(pair.track) == 0) continue;
        tracks[pair.track].crops.push_back({"frame " + std::to_string(frame), pair.before, pair.after});
      }
    }
  }
  for (auto& [id, track] : tracks) {
    track.title = "Face " + std::to_string(id);
    for (const TrackReport& facts : report.tracks) {
      if (facts.id == id) track.caption = in_words(facts) + " Press a picture to see it large.";
    }
    data.tracks.push_back(std::move(track));
  }
}

void RestorePage::Watcher::add_charts(ReportData& data) const {
  if (film_) film_->add_charts(data);
  if (tracks_.empty() || series_.frames().size() < 2) return;
  ReportChart strength{"Strength of the restoration",
                       "%",
                       "How much of the network's result was used, and where it was held back.",
                       series_.frames(),
                       series_.seconds(),
                       {}};
  constexpr ReportRole kRoles[] = {ReportRole::kRestored, ReportRole::kInput, ReportRole::kReference,
                                   ReportRole::kOther};
  for (std::size_t i = 0; i < tracks_.size(); ++i) {
    strength.series.push_back(
        {"face " + std::to_string(tracks_[i]), kRoles[std::min<std::size_t>(i, 3)], series_.column(i)});
  }
  strength.must_show = {0, 100};
  data.charts.push_back(std::move(strength));
  data.charts.push_back({"Faces restored",
                         "",
                         "How many in each frame.",
                         series_.frames(),
                         series_.seconds(),
                         {{"faces", ReportRole::kRestored, series_.column(kMostFaces)}},
                         {0}});
}

RestorePage::RestorePage(const RestoreOptions& options)
    : options_(options), watcher_(std::make_unique<Watcher>(film_steps(options.film))) {}

RestorePage::~RestorePage() = default;

LineEditor RestorePage::editor() {
  // What --compare writes, and crops by themselves, are not pictures of the film before and after.
  const bool keeps_pictures = options_.picture.compare == CompareMode::kNone && !options_.model.aligned;
  return [watcher = watcher_.get(), keeps_pictures](Line& line) {
    line.insert_before("paste",
                       Stage{"watch", Concurrency::kSerial, [watcher](FrameGroup& group) { watcher->see(group); }, 0,
                             needs_of_page("measures for the page", watcher->measures_film())});
    if (!keeps_pictures) return;
    line.add(Stage{"page", Concurrency::kParallel, [watcher](FrameGroup& group) { watcher->keep_pictures(group); }, 0,
                   needs_of_page("keeps pictures for the page", true)});
  };
}

ReportData RestorePage::data(const RestoreReport& report) const {
  ReportData data = restore_page_text(options_, report);
  watcher_->add_film_table(data);
  watcher_->add_pictures(data);
  watcher_->add_faces(data, report);
  watcher_->add_charts(data);
  return data;
}

bool is_page_name(const std::string& path) {
  const auto ends_with = [&path](const std::string& ending) {
    return path.size() > ending.size() && path.compare(path.size() - ending.size(), ending.size(), ending) == 0;
  };
  return ends_with(".html") || ends_with(".htm");
}

}  // namespace reelface

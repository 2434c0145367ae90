#include "app/restore_page.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>

#include "app/restore_page_text.h"
#include "evidence/report_pictures.h"
#include "image/crop.h"
#include "measure/bounded_series.h"
#include "reelface/image/frame_picture.h"
#include "reelface/restore/face_work.h"

namespace reelface {
namespace {

constexpr std::size_t kMostFaces = 6;
constexpr std::size_t kMostMoments = 8;
constexpr int kCropSide = 224;
constexpr int kCropQuality = 84;

/// Evenly spread frames of a film whose length nobody knows: every 4th at first, twice as far apart each time there are
/// too many. Nothing lies on disk or grows.
class SpreadMoments {
 public:
  bool wants(std::int64_t frame) const { return frame % step_ == 0; }

  /// Drops from `kept` what is too much.
  template <class Value>
  void thin(std::map<std::int64_t, Value>& kept) {
    while (kept.size() > kMostMoments) {
      step_ *= 2;
      for (auto entry = kept.begin(); entry != kept.end();) {
        entry = entry->first % step_ == 0 ? std::next(entry) : kept.erase(entry);
      }
    }
  }

 private:
  std::int64_t step_ = 4;
};

struct CropPair {
  std::int64_t frame = 0;
  std::int64_t track = 0;
  RgbImage8 before, after;
};

struct KeptMoment {
  RgbImage8 before, after;
  std::vector<CropPair> crops;
};

}  // namespace

/// Runs inside the graph: see() in order on one thread, around() on several.
class RestorePage::Watcher {
 public:
  explicit Watcher(bool keeps_pictures) : keeps_pictures_(keeps_pictures) {}

  void see(const FrameGroup& group) {
    for (const FrameJob& job : group.jobs) {
      if (job.frame) see(job);
    }
  }

  void around(FrameGroup& group, const std::function<void(FrameGroup&)>& paste) {
    std::map<std::int64_t, KeptMoment> moments;
    if (keeps_pictures_) {
      for (const FrameJob& job : group.jobs) {
        if (job.frame && is_wanted(job.index)) moments[job.index] = before(job);
      }
    }
    if (paste) paste(group);
    for (const FrameJob& job : group.jobs) {
      const auto moment = moments.find(job.index);
      if (job.frame && moment != moments.end()) add_after(job, moment->second);
    }
    keep(std::move(moments));
  }

  void add_pictures(ReportData& data) const;
  void add_faces(ReportData& data, const RestoreReport& report) const;
  void add_charts(ReportData& data) const;

 private:
  void see(const FrameJob& job) {
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
    const double time = seconds(job.frame->facts().pts, job.frame->facts().time_base);
    if (!first_seconds_) first_seconds_ = time;
    series_.add(job.index, time - *first_seconds_, strengths);
  }

  /// Its column. The first frame in which it is restored at no less than half its strength so far is worth a picture.
  std::optional<std::size_t> place_of(std::int64_t track, std::int64_t frame, double strength) {
    auto found = std::find(tracks_.begin(), tracks_.end(), track);
    if (found == tracks_.end()) {
      if (tracks_.size() == kMostFaces) return std::nullopt;
      found = tracks_.insert(tracks_.end(), track);
      is_shown_.push_back(false);
    }
    const auto place = static_cast<std::size_t>(found - tracks_.begin());
    if (!is_shown_[place] && strength > 0.3) {
      is_shown_[place] = true;
      const std::lock_guard lock(mutex_);
      first_frames_.insert(frame);
    }
    return place;
  }

  bool is_wanted(std::int64_t frame) const {
    const std::lock_guard lock(mutex_);
    return spread_.wants(frame) || first_frames_.count(frame) > 0;
  }

  static KeptMoment before(const FrameJob& job) {
    KeptMoment moment;
    moment.before = report_picture(frame_picture(*job.frame));
    const auto* work = job.work.get<FaceWork>();
    if (!work) return moment;
    for (const FaceJob& face : work->faces) {
      if (face.restored.samples.empty() || !face.crop) continue;
      moment.crops.push_back({job.index, face.track.track_id, crop_of(job, face), {}});
    }
    return moment;
  }

  static void add_after(const FrameJob& job, KeptMoment& moment) {
    moment.after = report_picture(frame_picture(*job.frame));
    const auto* work = job.work.get<FaceWork>();
    if (!work) return;
    for (CropPair& pair : moment.crops) {
      for (const FaceJob& face : work->faces) {
        if (face.track.track_id == pair.track && face.crop) pair.after = crop_of(job, face);
      }
    }
  }

  static RgbImage8 crop_of(const FrameJob& job, const FaceJob& face) {
    return report_square(extract_crop(*job.frame, face.coded_to_crop, face.crop->width, CropBorder::kReplicate),
                         kCropSide);
  }

  void keep(std::map<std::int64_t, KeptMoment>&& moments) {
    const std::lock_guard lock(mutex_);
    for (auto& [frame, moment] : moments) {
      if (first_frames_.count(frame) > 0) firsts_[frame] = moment;
      if (spread_.wants(frame)) spread_moments_[frame] = std::move(moment);
    }
    spread_.thin(spread_moments_);
  }

  const bool keeps_pictures_;
  // Touched by see() only.
  std::optional<double> first_seconds_;
  std::vector<std::int64_t> tracks_;
  std::vector<bool> is_shown_;
  BoundedSeries series_{kMostFaces + 1};

  mutable std::mutex mutex_;  ///< guards what follows
  SpreadMoments spread_;
  std::set<std::int64_t> first_frames_;
  std::map<std::int64_t, KeptMoment> firsts_, spread_moments_;
};

void RestorePage::Watcher::add_pictures(ReportData& data) const {
  constexpr std::size_t kMostPictures = 6;
  const auto add = [&data](const std::string& title, const std::string& where, const KeptMoment& moment) {
    data.pairs.push_back({title, where, report_image(moment.before), report_image(moment.after), {}});
  };
  std::set<std::int64_t> shown;
  for (const auto& [frame, moment] : firsts_) {
    if (data.pairs.size() == kMostPictures / 2 || moment.crops.empty()) break;
    add("Face " + std::to_string(moment.crops.back().track),
        "where it is first restored, frame " + std::to_string(frame), moment);
    shown.insert(frame);
  }
  for (const auto& [frame, moment] : spread_moments_) {
    if (data.pairs.size() == kMostPictures) break;
    if (shown.count(frame) == 0) add("Frame " + std::to_string(frame), "", moment);
  }
}

void RestorePage::Watcher::add_faces(ReportData& data, const RestoreReport& report) const {
  std::map<std::int64_t, ReportTrack> tracks;
  for (const auto* moments : {&firsts_, &spread_moments_}) {
    for (const auto& [frame, moment] : *moments) {
      if (moments == &firsts_ && spread_moments_.count(frame) > 0) continue;
      for (const CropPair& pair : moment.crops) {
        if (tracks.size() == kMostFaces && tracks.count(pair.track) == 0) continue;
        tracks[pair.track].crops.push_back({"frame " + std::to_string(frame), report_image(pair.before, kCropQuality),
                                            report_image(pair.after, kCropQuality)});
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
    : options_(options),
      watcher_(std::make_unique<Watcher>(options.picture.compare == CompareMode::kNone && !options.model.aligned)) {}

RestorePage::~RestorePage() = default;

LineEditor RestorePage::editor() {
  return [watcher = watcher_.get()](Line& line) {
    if (!line.has("paste")) line.add(Stage{"paste", Concurrency::kParallel, {}});
    line.around("paste", [watcher](FrameGroup& group, const Line::Work& paste) { watcher->around(group, paste); });
    line.insert_before("paste",
                       Stage{"watch", Concurrency::kSerial, [watcher](FrameGroup& group) { watcher->see(group); }});
  };
}

ReportData RestorePage::data(const RestoreReport& report) const {
  ReportData data = restore_page_text(options_, report);
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

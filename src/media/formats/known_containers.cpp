// SPDX-License-Identifier: Apache-2.0
#include "media/formats/known_containers.h"

extern "C" {
#include <libavutil/avstring.h>
}

namespace reelface {
namespace {

constexpr const char* kUsualContainers =
    // film, television, cameras, phones, screen recorders, discs, the web
    "mov,matroska,webm,avi,mpegts,mpegtsraw,mpeg,flv,live_flv,kux,mxf,ogg,asf,asf_o,rm,nut,nuv,ivf,dv,gxf,lxf,wtv,ty,"
    "pva,mlv,cine,ser,"
    // raw streams
    "h264,hevc,vvc,evc,m4v,mpegvideo,mjpeg,mjpeg_2000,mpjpeg,av1,obu,vc1,vc1test,dirac,dnxhd,h261,h263,cavsvideo,avs2,"
    "avs3,yuv4mpegpipe,"
    // pictures
    "image2,image2pipe,gif,apng,png_pipe,jpeg_pipe,jpegls_pipe,jpegxl_pipe,jpegxl_anim,bmp_pipe,tiff_pipe,webp_pipe,"
    "ppm_pipe,pgm_pipe,pbm_pipe,pam_pipe,pfm_pipe,phm_pipe,pgmyuv_pipe,dpx_pipe,exr_pipe,j2k_pipe,sgi_pipe,qoi_pipe,"
    "psd_pipe,pcx_pipe,sunrast_pipe,hdr_pipe,photocd_pipe,cri_pipe";

constexpr const char* kRareContainers =
    "nsv,xmv,swf,frm,av,vivo,avs,smjpeg,film_cpk,roq,smk,bink,4xm,flic,thp,yop,vmd,rl2,ipmovie,ea,idcin,mm,tmv,dxa,bfi,"
    "cdxl,mv,rpl,argo_asf,moflex,ico,dds_pipe,xbm_pipe,xpm_pipe,xwd_pipe,gem_pipe,pgx_pipe,qdraw_pipe,vbn_pipe,"
    "pictor_pipe";

constexpr const char* kPlaylists = "hls,applehttp,concat,concatf,dash,sdp,imf,webm_dash_manifest,rtsp,sap";

bool is_among(const std::string& demuxer_name, const char* names) {
  return av_match_list(demuxer_name.c_str(), names, ',') > 0;
}

}  // namespace

ContainerKind kind_of_container(const std::string& demuxer_name) {
  if (is_among(demuxer_name, kPlaylists)) return ContainerKind::kPlaylist;
  if (is_among(demuxer_name, kUsualContainers)) return ContainerKind::kUsual;
  if (is_among(demuxer_name, kRareContainers)) return ContainerKind::kRare;
  return ContainerKind::kOther;
}

std::string demuxer_whitelist(bool any_format) {
  std::string names = kUsualContainers;
  if (any_format) names += std::string(",") + kRareContainers;
  return names + ",srt,ass";
}

}  // namespace reelface

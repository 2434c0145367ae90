#include "media/known_containers.h"

extern "C" {
#include <libavutil/avstring.h>
}

namespace reelface {
namespace {

constexpr const char* kContainers =
    // files with an index, streams and discs
    "mov,matroska,webm,avi,mpegts,mpeg,flv,live_flv,mxf,ogg,asf,asf_o,rm,nut,nuv,nsv,ivf,dv,gxf,lxf,wtv,ty,pva,xmv,"
    "swf,frm,kux,av,mpegtsraw,mlv,cine,vivo,ser,"
    // raw elementary streams
    "h264,hevc,vvc,evc,m4v,mpegvideo,mjpeg,mjpeg_2000,smjpeg,mpjpeg,av1,obu,vc1,vc1test,dirac,dnxhd,h261,h263,"
    "cavsvideo,avs,avs2,avs3,yuv4mpegpipe,"
    // early disc and multimedia formats
    "film_cpk,roq,smk,bink,4xm,flic,thp,yop,vmd,rl2,ipmovie,ea,idcin,mm,tmv,dxa,bfi,cdxl,mv,rpl,argo_asf,moflex,"
    // pictures
    "image2,gif,apng,ico,png_pipe,jpeg_pipe,jpegls_pipe,jpegxl_pipe,jpegxl_anim,bmp_pipe,tiff_pipe,webp_pipe,ppm_pipe,"
    "pgm_pipe,pbm_pipe,pam_pipe,pfm_pipe,phm_pipe,dpx_pipe,exr_pipe,j2k_pipe,sgi_pipe,qoi_pipe,dds_pipe,psd_pipe,"
    "pcx_pipe,sunrast_pipe,xbm_pipe,xpm_pipe,xwd_pipe,cri_pipe,gem_pipe,hdr_pipe,pgx_pipe,photocd_pipe,qdraw_pipe,"
    "vbn_pipe,pgmyuv_pipe,pictor_pipe";

constexpr const char* kPlaylists = "hls,applehttp,concat,concatf,dash,sdp,imf,webm_dash_manifest,rtsp,sap";

}  // namespace

bool is_known_container(const std::string& demuxer_name) {
  return av_match_list(demuxer_name.c_str(), kContainers, ',') > 0;
}

bool is_playlist(const std::string& demuxer_name) {
  return av_match_list(demuxer_name.c_str(), kPlaylists, ',') > 0;
}

}  // namespace reelface

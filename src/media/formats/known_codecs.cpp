// SPDX-License-Identifier: Apache-2.0
#include "media/formats/known_codecs.h"

extern "C" {
#include <libavutil/avstring.h>
}

#include "reelface/core/error.h"

namespace reelface {
namespace {

// Names instead of numbers: not every libav that we build with knows all of them.
constexpr const char* kKnownCodecs =
    // discs, television, the web, phones
    "mpeg1video,mpeg2video,mpeg4,h261,h263,h263p,h263i,h264,hevc,vvc,evc,av1,vp3,vp4,vp5,vp6,vp6a,vp6f,vp7,vp8,vp9,"
    "theora,dirac,cavs,avs2,avs3,flv1,rv10,rv20,rv30,rv40,wmv1,wmv2,wmv3,wmv3image,vc1,vc1image,msmpeg4v1,msmpeg4v2,"
    "msmpeg4v3,svq1,svq3,cinepak,indeo2,indeo3,indeo4,indeo5,"
    // cameras, editing, archives
    "dvvideo,dnxhd,prores,cfhd,ffv1,ffvhuff,huffyuv,hymt,utvideo,magicyuv,lagarith,vble,snow,sheervideo,hap,hq_hqa,hqx,"
    "aic,pixlet,speedhq,notchlc,cllc,m101,mjpeg,mjpegb,ljpeg,sp5x,mxpeg,amv,avrn,asv1,asv2,cljr,8bps,qtrle,rpza,smc,"
    "nuv,"
    // uncompressed
    "rawvideo,bitpacked,v210,v210x,v308,v408,v410,y41p,yuv4,012v,ayuv,avui,avrp,r10k,r210,cyuv,"
    // screen recorders
    "tscc,tscc2,cscd,zmbv,fraps,dxtory,flashsv,flashsv2,g2m,mss1,mss2,msa1,mts2,msrle,msvideo1,mszh,zlib,vmnc,"
    "screenpresso,"
    // pictures
    "png,apng,gif,bmp,tiff,webp,jpeg2000,jpegls,jpegxl,jpegxl_anim,targa,targa_y216,dpx,exr,sgi,qoi,psd,pcx,ppm,pgm,"
    "pbm,"
    "pam,pfm,phm,pgmyuv,sunrast,hdr,photocd,cri,"
    // sound, which is copied: decoded only where libav needs to, to learn its rate
    "aac,aac_latm,mp1,mp2,mp3,mp3adu,mp3on4,mp4als,ac3,eac3,ac4,dts,truehd,mlp,opus,vorbis,flac,alac,ape,tta,wavpack,"
    "tak,"
    "speex,gsm,gsm_ms,amr_nb,amr_wb,qcelp,evrc,ilbc,nellymoser,cook,sipr,ra_144,ra_288,ralf,atrac3,atrac3p,wmav1,wmav2,"
    "wmapro,wmalossless,wmavoice,qdm2,qdmc,mace3,mace6,imc,iac,truespeech,metasound,dolby_e,s302m,dvaudio,g723_1,g729,"
    "adpcm_g722,adpcm_g726,adpcm_g726le,adpcm_ima_qt,adpcm_ima_wav,adpcm_ima_amv,adpcm_ms,adpcm_swf,adpcm_yamaha,"
    "pcm_alaw,pcm_mulaw,pcm_bluray,pcm_dvd,pcm_lxf,pcm_s8,pcm_s8_planar,pcm_u8,pcm_s16be,pcm_s16be_planar,pcm_s16le,"
    "pcm_s16le_planar,pcm_u16be,pcm_u16le,pcm_s24be,pcm_s24daud,pcm_s24le,pcm_s24le_planar,pcm_u24be,pcm_u24le,"
    "pcm_s32be,pcm_s32le,pcm_s32le_planar,pcm_u32be,pcm_u32le,pcm_s64be,pcm_s64le,pcm_f16le,pcm_f24le,pcm_f32be,"
    "pcm_f32le,pcm_f64be,pcm_f64le,"
    // subtitles
    "ass,ssa,subrip,mov_text,webvtt,text,ttml,dvb_subtitle,dvb_teletext,dvd_subtitle,hdmv_pgs_subtitle,"
    "hdmv_text_subtitle,eia_608,xsub,arib_caption,microdvd,sami,stl";

std::string names_of_known_decoders() {
  std::string names;
  void* position = nullptr;
  while (const AVCodec* codec = av_codec_iterate(&position)) {
    if (av_codec_is_decoder(codec) == 0 || !is_known_codec(codec->id)) continue;
    names += (names.empty() ? "" : ",") + std::string(codec->name);
  }
  return names;
}

}  // namespace

bool is_known_codec(AVCodecID codec) {
  return av_match_name(avcodec_get_name(codec), kKnownCodecs) > 0;
}

const std::string& decoder_whitelist() {
  static const std::string names = names_of_known_decoders();
  return names;
}

void require_known_codec(AVCodecID codec, const std::string& whose) {
  if (is_known_codec(codec)) return;
  throw Error(ExitCode::kInputUnreadable,
              whose + " is coded as '" + avcodec_get_name(codec) + "', which we do not decode unasked",
              "if you trust where the file comes from, add --any-format");
}

}  // namespace reelface

// SPDX-License-Identifier: Apache-2.0
#include "report_parts.h"

namespace reelface {

const char* report_style() {
  return R"css(
:root{color-scheme:light dark;--page:#f5f6f8;--surface:#fff;--raised:#fff;--text:#161a20;--muted:#5b6573;--line:#e2e6eb;
--restored:#1d63d8;--input:#b8541b;--reference:#15795a;--other:#7d4fb5;--good:#15704a;--bad:#b3261e;--good-soft:#e3f4ec;--bad-soft:#fbe9e7;--warn:#fff5e0;
--warn-line:#d9930d;--shadow:0 1px 2px #1018280d,0 4px 16px #1018280a;--radius:14px}
:root[data-theme=dark]{color-scheme:dark;--page:#0d1014;--surface:#161b21;--raised:#1f262e;--text:#e8ecf1;--muted:#9aa5b4;
--line:#29313b;--restored:#6aa8ff;--input:#f0a06a;--reference:#54c9a0;--other:#c39bf0;--good:#5fd39c;--bad:#ff8f85;--good-soft:#17301f;--bad-soft:#3a1c1a;
--warn:#2b2212;--warn-line:#c78b1a;--shadow:none}
@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){--page:#0d1014;--surface:#161b21;--raised:#1f262e;
--text:#e8ecf1;--muted:#9aa5b4;--line:#29313b;--restored:#6aa8ff;--input:#f0a06a;--reference:#54c9a0;--other:#c39bf0;
--good:#5fd39c;--bad:#ff8f85;--good-soft:#17301f;--bad-soft:#3a1c1a;--warn:#2b2212;--warn-line:#c78b1a;--shadow:none}}
:root[data-theme=light]{color-scheme:light}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:4rem}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--page);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",
"DejaVu Sans",sans-serif;font-variant-numeric:tabular-nums;-webkit-text-size-adjust:100%}
.top,nav,main,footer{max-width:1120px;margin:0 auto;padding:0 clamp(1rem,4vw,2rem)}
h1{font-size:clamp(1.5rem,4vw,2.1rem);line-height:1.2;margin:.1rem 0 .3rem;letter-spacing:-.015em;overflow-wrap:anywhere}
h2{font-size:1.15rem;margin:2.6rem 0 .9rem;letter-spacing:-.01em}
h3{font-size:1rem;margin:0}h3 small{font-weight:400;color:var(--muted);font-size:.85rem}
p{margin:.2rem 0}button{font:inherit}
:focus-visible{outline:3px solid var(--restored);outline-offset:2px;border-radius:6px}
.top{display:flex;gap:1rem;align-items:flex-start;justify-content:space-between;padding-top:2.2rem}
.over{margin:0;color:var(--restored);font-weight:650;font-size:.82rem;letter-spacing:.06em;text-transform:uppercase}
.sub{color:var(--muted);overflow-wrap:anywhere}
.theme,.modes button,.strip button{border:1px solid var(--line);background:var(--surface);color:var(--text);
border-radius:999px;padding:.3rem .9rem;font-size:.86rem;cursor:pointer}
.theme:hover,.modes button:hover{border-color:var(--muted)}
nav{width:calc(100% - 2*clamp(1rem,4vw,2rem));max-width:calc(1120px - 2*clamp(1rem,4vw,2rem));position:sticky;top:0;z-index:5;display:flex;gap:.3rem 1.3rem;overflow-x:auto;background:var(--page);margin-top:.8rem;
padding:.6rem 0;border-bottom:1px solid var(--line)}
nav a{color:var(--muted);text-decoration:none;font-size:.92rem;white-space:nowrap}nav a:hover{color:var(--text)}
.card{background:var(--surface);border:1px solid var(--line);border-radius:var(--radius);box-shadow:var(--shadow);
padding:1.1rem 1.25rem;margin:0}
.card p{color:var(--muted);font-size:.9rem}
.headlines{display:grid;grid-template-columns:repeat(auto-fit,minmax(165px,1fr));gap:.8rem;margin:1.5rem 0 0}
.headline dt{color:var(--muted);font-size:.88rem}.headline dd{margin:0}
.headline strong{display:block;font-size:1.75rem;line-height:1.25;font-weight:650;letter-spacing:-.02em}
.headline span{display:block;font-size:.86rem;color:var(--muted);margin-top:.15rem}
.headline b{display:inline-block;margin-right:.25rem;padding:0 .5rem;border-radius:99px;font-size:.84rem;font-weight:650;background:var(--page);
white-space:nowrap}
.headline.good b{color:var(--good);background:var(--good-soft)}.headline.bad b{color:var(--bad);background:var(--bad-soft)}
.headline.good b::before{content:"✓ "}.headline.bad b::before{content:"✗ "}
.warnings{background:var(--warn);border-left:4px solid var(--warn-line);border-radius:8px;padding:.8rem 1.2rem;margin-top:1.2rem}
.warnings h2{margin:0;font-size:1rem}.warnings ul{margin:.3rem 0 0;padding-left:1.2rem}
.warnings li{overflow-wrap:anywhere}
.pair{margin:0}.pair[hidden]{display:none}
.wipe{--split:50%;position:relative;border-radius:var(--radius);overflow:hidden;background:#000;touch-action:pan-y;
width:min(100%,calc(78vh*(var(--ratio))));aspect-ratio:var(--ratio);margin:0 auto;box-shadow:var(--shadow)}
.wipe img{position:absolute;inset:0;width:100%;height:100%;display:none}
[data-mode=restored] img.before,[data-mode=restored] img.after,[data-mode=reference] img.after,
[data-mode=reference] img.reference{display:block}
[data-mode=restored] img.before,[data-mode=reference] img.after{z-index:1;clip-path:inset(0 calc(100% - var(--split)) 0 0)}
.edge{position:absolute;z-index:2;top:0;bottom:0;left:var(--split);width:2px;margin-left:-1px;background:#fff;
box-shadow:0 0 6px #0009;pointer-events:none}
.edge b{position:absolute;top:50%;left:50%;width:38px;height:38px;margin:-19px;border-radius:50%;background:#fff;
box-shadow:0 1px 6px #0008}
.edge b::before{content:"";position:absolute;inset:0;background:linear-gradient(#333,#333) 50%/2px 14px no-repeat,
conic-gradient(from 45deg at 0 50%,#333 90deg,#0000 0) 26px 50%/6px 12px no-repeat,
conic-gradient(from 225deg at 100% 50%,#333 90deg,#0000 0) 6px 50%/6px 12px no-repeat}
.tag{position:absolute;z-index:2;top:.7rem;padding:.15rem .65rem;border-radius:99px;background:#000a;color:#fff;
font-size:.8rem;pointer-events:none}
.tag.left{left:.7rem}.tag.right{right:.7rem}
.tag{display:none}[data-mode=restored] .tag.left.before,[data-mode=restored] .tag.right.after,
[data-mode=reference] .tag.left.after,[data-mode=reference] .tag.right.reference{display:block}
.wipe input{position:absolute;z-index:3;inset:0;width:100%;height:100%;margin:0;opacity:0;cursor:ew-resize;
-webkit-appearance:none;appearance:none}
.wipe input::-webkit-slider-thumb{-webkit-appearance:none;width:1px;height:100%}
.wipe input::-moz-range-thumb{width:1px;height:100%;border:0}
.wipe:focus-within{outline:3px solid var(--restored);outline-offset:3px}
.pair figcaption{display:flex;flex-wrap:wrap;gap:.3rem .8rem;align-items:center;justify-content:center;color:var(--muted);
font-size:.9rem;margin-top:.7rem;text-align:center}
.pair figcaption b{color:var(--text)}.pair .order{display:none}
.modes{display:inline-flex;gap:.3rem}
.modes button[aria-pressed=true],.strip button[aria-pressed=true]{background:var(--restored);border-color:var(--restored);
color:var(--page)}
.strip{display:flex;gap:.5rem;justify-content:center;flex-wrap:wrap;margin:0 0 .9rem}
.tracks,.charts{display:grid;gap:1rem;grid-template-columns:minmax(0,1fr)}
.crops{display:flex;gap:.6rem;overflow-x:auto;padding:.6rem .2rem .3rem}
.crop{flex:none;margin:0;padding:0;border:0;background:none;color:inherit;width:112px;font-size:.8rem;color:var(--muted);
text-align:center}
button.crop{cursor:zoom-in}button.crop:hover img{filter:brightness(1.08)}
.crop img{display:block;width:112px;height:112px;object-fit:cover;background:#000}
.crop img:first-child{border-radius:10px 10px 0 0}.crop img:nth-child(2){border-radius:0 0 10px 10px;margin-top:2px}
.crop>span{display:block;margin-top:.25rem}
.names{width:auto;display:flex;flex-direction:column;font-size:.8rem;color:var(--muted)}
.names span{height:113px;margin:0;display:flex;align-items:center}
dialog{border:0;border-radius:var(--radius);background:var(--surface);color:var(--text);padding:1rem;max-width:none;
width:min(92vw,40rem);box-shadow:0 12px 60px #0006}
dialog::backdrop{background:#000a}
dialog header{display:flex;justify-content:space-between;align-items:center;margin-bottom:.7rem}
dialog button{border:1px solid var(--line);background:var(--surface);color:var(--text);border-radius:999px;padding:.25rem .9rem;
cursor:pointer}
@media (min-width:860px){.charts{grid-template-columns:repeat(2,minmax(0,1fr))}.charts .chart:last-child:nth-child(odd)
{grid-column:1/-1}}
.chart{padding-bottom:.8rem}.plot{position:relative;height:210px;margin:1rem .4rem 1.9rem 3.2rem;cursor:crosshair}
.plot svg{position:absolute;inset:0;width:100%;height:100%;overflow:visible}
.plot path{fill:none;vector-effect:non-scaling-stroke}
.grid path{stroke:var(--line);stroke-width:1}
.lines path{stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
.lines .restored{stroke:var(--restored)}.lines .input{stroke:var(--input)}.lines .reference{stroke:var(--reference)}
.lines .other{stroke:var(--other)}
.y,.x{position:absolute;color:var(--muted);font-size:.76rem;pointer-events:none}
.y{right:100%;margin-right:.55rem;transform:translateY(-50%);white-space:nowrap}
.x{top:100%;margin-top:.35rem;transform:translateX(-50%)}
.cursor{position:absolute;top:0;bottom:0;width:1px;background:var(--muted);pointer-events:none}
.tip{position:absolute;z-index:4;top:-.4rem;background:var(--raised);border:1px solid var(--line);border-radius:10px;
padding:.45rem .7rem;font-size:.82rem;line-height:1.45;box-shadow:0 4px 18px #0003;pointer-events:none;white-space:nowrap}
.tip div{display:flex;gap:.5rem;align-items:center}.tip div b{margin-left:auto;padding-left:.8rem}
.tip i,.legend i{flex:none;display:inline-block;width:14px;height:3px;border-radius:2px;background:var(--other)}
.restored>i{background:var(--restored)!important}.input>i{background:var(--input)!important}
.reference>i{background:var(--reference)!important}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;margin:0;padding:0;font-size:.86rem}
.legend li{display:flex;align-items:center;gap:.45rem}.legend small{color:var(--muted)}
.nothing{margin-top:.5rem}
.table,.timings,.model{margin-bottom:1rem}
.scroll{overflow-x:auto;margin-top:.5rem}
table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{padding:.45rem .7rem;text-align:left;border-bottom:1px solid var(--line);vertical-align:top}
thead th{color:var(--muted);font-weight:550;font-size:.84rem;white-space:nowrap}
tbody th{font-weight:500}tbody tr:last-child>*{border-bottom:0}
.number{text-align:right;white-space:nowrap}td.good{color:var(--good);font-weight:600}td.bad{color:var(--bad);font-weight:600}
.muted{color:var(--muted)}
.bar{width:45%;vertical-align:middle}
.bar i{display:block;height:10px;min-width:2px;border-radius:5px;background:var(--restored)}
.model{white-space:pre-wrap;overflow-wrap:anywhere;font-size:.94rem}
footer{color:var(--muted);font-size:.84rem;padding-top:2.5rem;padding-bottom:3rem;overflow-wrap:anywhere}
@media (max-width:520px){.plot{margin-left:2.6rem}.bar{display:none}th,td{padding:.4rem .35rem}.scroll table{font-size:.84rem}.card{padding:.9rem 1rem}.headlines
{grid-template-columns:repeat(2,minmax(0,1fr))}.headline strong{font-size:1.4rem}}
@media print{html:root:root{--page:#fff;--surface:#fff;--text:#000;--muted:#444;--line:#ccc;--good:#15704a;--bad:#b3261e;
--warn:#fff;--warn-line:#d9930d;--restored:#1d63d8;--input:#b8541b;
--reference:#15795a;--other:#7d4fb5;--shadow:none;color-scheme:light}
body{font-size:11pt}nav,.theme,.strip,.modes,.wipe input,.edge,.tip,.cursor{display:none!important}
.pair,.pair[hidden]{display:block;break-inside:avoid;margin-bottom:1rem}
.wipe{display:flex;gap:6px;width:100%;aspect-ratio:auto;background:none;border-radius:0;overflow:visible;box-shadow:none}
.wipe img.before,.wipe img.after,.wipe img.reference{position:static;display:block!important;clip-path:none!important;flex:1 1 0;
min-width:0;width:100%;height:auto}.wipe .tag{display:none!important}
.card,.chart,tr{break-inside:avoid}h2,h3{break-after:avoid}.crops{flex-wrap:wrap;overflow:visible}
.crop,.crop img{width:72px}.crop img{height:72px}.names span{height:73px}.charts{grid-template-columns:repeat(2,minmax(0,1fr))}
.plot{height:150px}.pair .order{display:inline}dialog{display:none!important}
.bar i,.legend i{print-color-adjust:exact;-webkit-print-color-adjust:exact}.scroll{overflow:visible}}
)css";
}

}  // namespace reelface

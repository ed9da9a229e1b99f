/** The style sheet of the page: light, dark, narrow, printed. */
export const PAGE_STYLE = `
:root{color-scheme:light;--paper:#f7f7f5;--card:#fff;--ink:#1c2127;--soft:#555f6a;--line:#d5d9de;--link:#0a58a8;--good:#0f6130;--good-back:#ddf4e4;--bad:#a31224;--bad-back:#ffe9ea;--open:#704700;--open-back:#fff3cd;--plain-back:#e9ecf0;--bar:#3b6ea8;--focus:#0a58a8}
:root[data-theme=dark]{color-scheme:dark;--paper:#10151a;--card:#181f26;--ink:#e7ecf1;--soft:#a5b0bb;--line:#35404b;--link:#8cc2ff;--good:#86e0a3;--good-back:#12331f;--bad:#ffa9ad;--bad-back:#451a1e;--open:#f3cd72;--open-back:#3a2d08;--plain-back:#2a333d;--bar:#6ea3df;--focus:#8cc2ff}
@media(prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;--paper:#10151a;--card:#181f26;--ink:#e7ecf1;--soft:#a5b0bb;--line:#35404b;--link:#8cc2ff;--good:#86e0a3;--good-back:#12331f;--bad:#ffa9ad;--bad-back:#451a1e;--open:#f3cd72;--open-back:#3a2d08;--plain-back:#2a333d;--bar:#6ea3df;--focus:#8cc2ff}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:3px}
.skip{position:absolute;left:-999rem;background:var(--card);padding:.5rem 1rem;z-index:2}
.skip:focus{left:1rem;top:1rem}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.shell{max-width:78rem;margin:0 auto;padding:clamp(.6rem,2vw,1.5rem) clamp(1rem,3vw,2.5rem) 4rem;display:grid;gap:clamp(.6rem,2vw,2rem);grid-template-columns:minmax(0,1fr)}
nav{display:flex;flex-wrap:wrap;gap:.4rem .8rem;align-items:center;min-width:0;padding:3px}
nav ul{list-style:none;margin:0;padding:3px;display:flex;gap:.15rem 1.1rem;overflow-x:auto;white-space:nowrap;min-width:0;flex:1 0 100%;max-width:100%}
nav button{flex:none}button[aria-pressed=true]{background:var(--plain-back);border-width:2px}
nav a{display:inline-block;padding:.2rem 0;text-decoration:none}
nav a:hover{text-decoration:underline}
@media(min-width:64rem){.shell{grid-template-columns:11.5rem minmax(0,1fr)}nav{position:sticky;top:1.5rem;align-self:start;flex-flow:column;align-items:flex-start;max-height:calc(100vh - 3rem);overflow:auto}nav ul{flex:none;flex-direction:column;white-space:normal;overflow:visible}}
button,input,select{font:inherit;color:inherit;background:var(--card);border:1px solid var(--soft);border-radius:6px;padding:.3rem .7rem;min-height:2rem;max-width:100%}
button{cursor:pointer}
main{min-width:0}
.verdict{background:var(--card);border:1px solid var(--line);border-top:6px solid var(--soft);border-radius:10px;padding:1.3rem clamp(1rem,3vw,2rem) 1.5rem}
.verdict.proven{border-top-color:var(--good)}.verdict.disproven{border-top-color:var(--bad)}.verdict.undecided{border-top-color:var(--open)}
.verdict h1{margin:.1rem 0 .3rem;font-size:clamp(2rem,6vw,3.2rem);line-height:1.1;letter-spacing:.02em}
.proven h1{color:var(--good)}.disproven h1{color:var(--bad)}.undecided h1{color:var(--open)}
.scenario{margin:0;font-weight:600}
.why{margin:.3rem 0;font-size:1.2rem}
.when{margin:.3rem 0 1.2rem;color:var(--soft)}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,9.5rem),1fr));margin:0;border:1px solid var(--line);border-radius:8px;overflow:hidden}
@media(min-width:48rem){.figures{grid-template-columns:repeat(4,1fr)}}
.figures div{margin:0;padding:.7rem .9rem;box-shadow:0 0 0 .5px var(--line)}
.figures dt,.figures span{font-weight:400;line-height:1.4;color:var(--soft);font-size:.875rem}
.figures dd{margin:0}.figures strong{display:block;font-size:1.15rem;line-height:1.3}
section{margin-top:2.8rem;content-visibility:auto;contain-intrinsic-size:auto 40rem}
h2{font-size:1.5rem;line-height:1.25;margin:0 0 .6rem;padding-bottom:.3rem;border-bottom:1px solid var(--line)}
h3{font-size:1.1rem;margin:1.4rem 0 .3rem}
h4{font-size:1rem;margin:.6rem 0 .3rem}
p{margin:.4rem 0;max-width:52rem}
ul{margin:.3rem 0;padding-left:1.2rem}
section>ul>li,.plain li li{max-width:52rem;margin:.25rem 0}
.plain{list-style:none;padding:0;margin:0}
.badge{display:inline-block;padding:.05rem .55rem;border-radius:99px;font-size:.875rem;font-weight:600;background:var(--plain-back);color:var(--ink)}
.badge.good{background:var(--good-back);color:var(--good)}.badge.bad{background:var(--bad-back);color:var(--bad)}.badge.open{background:var(--open-back);color:var(--open)}
.marks{display:flex;flex-wrap:wrap;gap:.35rem;max-width:none}
.timeline{list-style:none;margin:1rem 0 0 9px;padding:0 0 0 1.4rem;border-left:3px solid var(--line)}
.timeline>li{position:relative;padding-bottom:1.1rem}
.timeline>li::before{content:"";position:absolute;left:calc(-1.4rem - 9px);top:.45rem;width:15px;height:15px;border-radius:50%;background:var(--card);border:3px solid var(--soft)}
.timeline>.passed::before{background:var(--good);border-color:var(--good)}.timeline>.failed::before{background:var(--bad);border-color:var(--bad);border-radius:2px}
.timeline h3{margin:0}
.plan svg{display:inline-block;width:9rem;height:.5rem;margin-right:.5rem;vertical-align:middle}
.track{fill:var(--plain-back)}.bar{fill:var(--bar)}
.counts,.same,.kind,.card small{color:var(--soft);font-size:.9rem}
.finding,.card{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:.5rem 1rem .8rem}
.finding{border-left:5px solid var(--bad);margin:.8rem 0}
section dl div{margin:.3rem 0}
dt{font-weight:600}
dd{margin:0}
@media(min-width:40rem){section dl div{display:grid;grid-template-columns:8rem minmax(0,1fr);gap:.8rem}}
code,pre,.parts del,.parts ins,svg text{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
code,.parts del,.parts ins{font-size:.875em}
pre{font-size:.85rem;background:var(--card);border:1px solid var(--line);border-radius:6px;padding:.7rem .9rem;overflow:auto;white-space:pre;overflow-wrap:normal}
.scroll{overflow:auto;max-height:80vh;border:1px solid var(--line);border-radius:8px;background:var(--card);margin:.6rem 0}
table{border-collapse:collapse;width:100%;font-size:.92rem;font-variant-numeric:tabular-nums;overflow-wrap:break-word}
caption{text-align:left;padding:.5rem .8rem;color:var(--soft)}
th,td{text-align:left;vertical-align:top;padding:.4rem .8rem;border-top:1px solid var(--line);max-width:30rem}
th{overflow-wrap:anywhere;min-width:9.5rem}
.once{white-space:nowrap}
thead th{position:sticky;top:0;background:var(--card);min-width:3rem;white-space:nowrap}
tbody th{font-weight:500}
.matrix td{white-space:nowrap}.matrix tbody th{min-width:min(21rem,45vw)}
.matrix .failed{background:var(--bad-back);color:var(--bad);font-weight:700}.matrix .alive{color:var(--good)}.matrix .refused{background:var(--open-back);color:var(--open)}.matrix .dead,.matrix .not-called{color:var(--soft)}
.filter:not([hidden]){display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;margin:.6rem 0}
.filter output{color:var(--soft)}
details{margin:.5rem 0}
summary{cursor:pointer;padding:.25rem 0;color:var(--link)}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,19rem),1fr));gap:.8rem;margin:.8rem 0}
.parts{list-style:none;padding:0;font-size:.92rem}
.parts li{padding:.12rem .4rem;border-radius:4px;margin:.1rem 0}
.parts .new,.parts ins{background:var(--good-back);color:var(--good)}.parts .gone,.parts del{background:var(--bad-back);color:var(--bad)}.parts .changed{background:var(--plain-back)}
.parts .new small,.parts .gone small,.parts .changed small{color:inherit}
.parts ins{text-decoration:none}
figure{margin:.6rem 0}figcaption{color:var(--soft);font-size:.9rem}
.diagram svg{display:block;max-width:none}
.edge{fill:none;stroke:var(--soft);stroke-width:1.3}.arrow{fill:var(--soft)}
.box rect{fill:var(--card);stroke:var(--soft);stroke-width:1.3}.box.new rect{fill:var(--good-back);stroke:var(--good);stroke-width:2}.box.gone rect{fill:var(--bad-back);stroke:var(--bad);stroke-dasharray:5 3}.box.changed rect{fill:var(--plain-back);stroke:var(--ink);stroke-width:2}
svg text{font-size:11.5px;fill:var(--ink);white-space:pre}.name{font-weight:700}
footer{margin-top:3rem;color:var(--soft);font-size:.9rem}
@media(prefers-reduced-motion:reduce){*{scroll-behavior:auto!important;transition:none!important;animation:none!important}}
@media print{
:root,:root[data-theme=dark],:root:not([data-theme=light]){color-scheme:light;--paper:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#bbb;--link:#000;--good:#0f6130;--good-back:#ddf4e4;--bad:#a31224;--bad-back:#ffe9ea;--open:#704700;--open-back:#fff3cd;--plain-back:#e9ecf0;--bar:#3b6ea8}
nav,.filter,.filter:not([hidden]),button,.skip{display:none!important}
body{font-size:10pt}.figures{grid-template-columns:repeat(4,1fr)}.shell{display:block;padding:0;max-width:none}
section{content-visibility:visible;margin-top:1.6rem}
.scroll{overflow:visible;max-height:none;border:0}thead th{position:static}tr,.finding,.card,.timeline>li{break-inside:avoid}h2,h3,h4,summary{break-after:avoid}
details:not([open])>summary::after{content:" (folded)"}
.diagram svg{max-width:100%;height:auto}
pre{white-space:pre-wrap;overflow-wrap:anywhere}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
`

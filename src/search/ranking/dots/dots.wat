;; Dot products of one vector with each row of a matrix, four numbers at a time (SIMD). `npm run generate` puts the compiled
;; module into dots-module.ts. A row has `width` bytes, a multiple of 64; rows follow each other without gaps.
(module
  (import "env" "memory" (memory 1))
  (func (export "dots") (param $row i32) (param $rows i32) (param $width i32) (param $vector i32) (param $out i32)
    (local $at i32) (local $end i32)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local.set $end (i32.add (local.get $out) (i32.shl (local.get $rows) (i32.const 2))))
    (block $done
      (loop $next_row
        (br_if $done (i32.ge_u (local.get $out) (local.get $end)))
        (local.set $a (f32x4.splat (f32.const 0)))
        (local.set $b (local.get $a))
        (local.set $c (local.get $a))
        (local.set $d (local.get $a))
        (local.set $at (i32.const 0))
        (loop $next_16
          ;; Four sums, so that no addition waits for the one before it.
          (local.set $a (f32x4.add (local.get $a) (f32x4.mul
            (v128.load offset=0 (i32.add (local.get $row) (local.get $at)))
            (v128.load offset=0 (i32.add (local.get $vector) (local.get $at))))))
          (local.set $b (f32x4.add (local.get $b) (f32x4.mul
            (v128.load offset=16 (i32.add (local.get $row) (local.get $at)))
            (v128.load offset=16 (i32.add (local.get $vector) (local.get $at))))))
          (local.set $c (f32x4.add (local.get $c) (f32x4.mul
            (v128.load offset=32 (i32.add (local.get $row) (local.get $at)))
            (v128.load offset=32 (i32.add (local.get $vector) (local.get $at))))))
          (local.set $d (f32x4.add (local.get $d) (f32x4.mul
            (v128.load offset=48 (i32.add (local.get $row) (local.get $at)))
            (v128.load offset=48 (i32.add (local.get $vector) (local.get $at))))))
          (local.set $at (i32.add (local.get $at) (i32.const 64)))
          (br_if $next_16 (i32.lt_u (local.get $at) (local.get $width))))
        (local.set $a (f32x4.add (f32x4.add (local.get $a) (local.get $b)) (f32x4.add (local.get $c) (local.get $d))))
        (f32.store (local.get $out) (f32.add
          (f32.add (f32x4.extract_lane 0 (local.get $a)) (f32x4.extract_lane 1 (local.get $a)))
          (f32.add (f32x4.extract_lane 2 (local.get $a)) (f32x4.extract_lane 3 (local.get $a)))))
        (local.set $out (i32.add (local.get $out) (i32.const 4)))
        (local.set $row (i32.add (local.get $row) (local.get $width)))
        (br $next_row)))))

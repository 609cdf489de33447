"""Spark: ``python with_spark.py FOLDER``, with the folder that ``documents.py`` made."""

import os
import sys

from pyspark.sql import SparkSession

from qualitycheck.engines.spark import with_quality

os.environ["PYSPARK_PYTHON"] = sys.executable  # a Python that has qualitycheck, for the executors
spark = SparkSession.builder.master("local[2]").getOrCreate()
judged = with_quality(spark.read.parquet(f"{sys.argv[1]}/parquet"))
judged.write.mode("overwrite").parquet(f"{sys.argv[1]}/by-spark")
judged.groupBy("quality.folder", "quality.reason").count().show()
spark.stop()

package io.overt.engine.resource;

import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.services.StatisticService;
import io.overt.model.services.StatisticsService;
import io.overt.model.types.Statistic;
import java.util.List;

/** The statistics of one object, made anew for each request from what was last reported. */
@FunctionalInterface
public interface Statistics extends StatisticsService {
  /** All of them, or a fault when the caller cannot see the object. */
  List<Statistic> all(Call call);

  @Override
  default List<Statistic> list(ListRequest request) {
    return all(request.call()).stream().limit(Resource.limit(request.call())).toList();
  }

  @Override
  default StatisticService statistic(String id) {
    return new StatisticService() {
      @Override
      public Statistic get(GetRequest request) {
        return all(request.call()).stream()
            .filter(statistic -> id.equals(statistic.id()))
            .findFirst()
            .orElseThrow(ApiFault::notFound);
      }
    };
  }
}
